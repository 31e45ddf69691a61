"""Files of the formats that are not written by hand: books, PDF, web archives, archives."""

import gzip
import io
import tarfile
import zipfile
from collections.abc import Mapping, Sequence

LONG = (
    "The harbour of Tidewater opened again on Tuesday, two days after the storm that tore eleven"
    " boats from their moorings and sank three of them in the outer basin.",
    "“We lost nets, not people,” the harbour master said in front of the customs house. “The rest"
    " can be mended before the herring come.”",
    "Divers will begin to raise the three boats on Thursday. The insurance of two of them had run"
    " out in January, and the town council has yet to say who is going to pay.",
)


def page(title: str, paragraphs: Sequence[str] = LONG, head: str = "") -> str:
    """A plain web page."""
    body = "".join(f"<p>{p}</p>" for p in paragraphs)
    return (
        f'<html><head><meta charset="utf-8"><title>{title}</title>{head}</head>'
        f"<body><article><h1>{title}</h1>{body}</article></body></html>"
    )


def zipped(files: Mapping[str, str | bytes]) -> bytes:
    """A zip archive."""
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in files.items():
            archive.writestr(name, content)
    return out.getvalue()


def tarred(files: Mapping[str, str | bytes]) -> bytes:
    """A tar archive, packed with gzip."""
    out = io.BytesIO()
    with tarfile.open(fileobj=out, mode="w") as archive:
        for name, content in files.items():
            data = content.encode() if isinstance(content, str) else content
            info = tarfile.TarInfo(name)
            info.size = len(data)
            archive.addfile(info, io.BytesIO(data))
        link = tarfile.TarInfo("link.html")
        link.type, link.linkname = tarfile.SYMTYPE, "/etc/passwd"
        archive.addfile(link)
    return gzip.compress(out.getvalue(), mtime=0)


def book(chapters: Mapping[str, str], title: str = "Tales of Tidewater") -> bytes:
    """An EPUB of these chapters: XHTML by name."""
    items = "".join(
        f'<item id="c{at}" href="{name}" media-type="application/xhtml+xml"/>'
        for at, name in enumerate(chapters)
    )
    spine = "".join(f'<itemref idref="c{at}"/>' for at in range(len(chapters)))
    package = (
        '<?xml version="1.0"?><package xmlns="http://www.idpf.org/2007/opf" version="3.0">'
        '<metadata xmlns:dc="http://purl.org/dc/elements/1.1/">'
        f"<dc:title>{title}</dc:title><dc:creator>Ada Quill</dc:creator>"
        "<dc:date>2015-03-03</dc:date><dc:language>en-GB</dc:language></metadata>"
        f"<manifest>{items}</manifest><spine>{spine}</spine></package>"
    )
    container = (
        '<container xmlns="urn:oasis:names:tc:opendocument:xmlns:container" version="1.0">'
        '<rootfiles><rootfile full-path="OEBPS/book.opf"/></rootfiles></container>'
    )
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as archive:
        archive.writestr("mimetype", "application/epub+zip")
        archive.writestr("META-INF/container.xml", container)
        archive.writestr("OEBPS/book.opf", package)
        for name, content in chapters.items():
            archive.writestr(f"OEBPS/{name}", content)
    return out.getvalue()


def chapter(title: str, paragraphs: Sequence[str]) -> str:
    """A chapter of a book."""
    body = "".join(f"<p>{p}</p>" for p in paragraphs)
    return (
        '<?xml version="1.0" encoding="utf-8"?><html xmlns="http://www.w3.org/1999/xhtml">'
        f"<head><title>{title}</title></head><body><h1>{title}</h1>{body}</body></html>"
    )


def pdf(pages: Sequence[Sequence[str]], title: str = "", made: str = "") -> bytes:
    """A PDF with these lines on its pages."""
    count = len(pages)
    kids = " ".join(f"{4 + 2 * at} 0 R" for at in range(count))
    objects = [
        "<< /Type /Catalog /Pages 2 0 R >>",
        f"<< /Type /Pages /Count {count} /Kids [{kids}] >>",
        "<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica /Encoding /WinAnsiEncoding >>",
    ]
    for at, lines in enumerate(pages):
        shown = "".join(f"({_escaped(line)}) Tj T* " for line in lines)
        stream = f"BT /F1 11 Tf 14 TL 72 760 Td {shown}ET"
        objects.append(
            "<< /Type /Page /Parent 2 0 R /MediaBox [0 0 595 842]"
            f" /Resources << /Font << /F1 3 0 R >> >> /Contents {5 + 2 * at} 0 R >>"
        )
        objects.append(f"<< /Length {len(stream)} >>\nstream\n{stream}\nendstream")
    objects.append(f"<< /Title ({title}) /Author (Ada Quill) /CreationDate ({made}) >>")
    out = bytearray(b"%PDF-1.4\n")
    places = []
    for number, content in enumerate(objects, 1):
        places.append(len(out))
        out += f"{number} 0 obj\n{content}\nendobj\n".encode("latin-1")
    start = len(out)
    table = "".join(f"{place:010} 00000 n \n" for place in places)
    size = len(objects) + 1
    out += (
        f"xref\n0 {size}\n0000000000 65535 f \n{table}"
        f"trailer\n<< /Size {size} /Root 1 0 R /Info {size - 1} 0 R >>\nstartxref\n{start}\n%%EOF\n"
    ).encode()
    return bytes(out)


def _escaped(line: str) -> str:
    line = line.replace("“", '"').replace("”", '"')
    return line.replace("\\", r"\\").replace("(", r"\(").replace(")", r"\)")


def warc(pages: Mapping[str, tuple[str, str, bytes]], *, packed: bool = True) -> bytes:
    """A web archive: status line, content type and bytes by address."""
    records = [_record("warcinfo", "", "application/warc-fields", b"software: test\r\n")]
    for url, (status, kind, content) in pages.items():
        answer = f"HTTP/1.1 {status}\r\nContent-Type: {kind}\r\n\r\n".encode() + content
        records.append(_record("response", url, "application/http; msgtype=response", answer))
    # Each record is packed by itself.
    return b"".join(gzip.compress(r, mtime=0) if packed else r for r in records)


def _record(kind: str, url: str, content_type: str, content: bytes) -> bytes:
    target = f"WARC-Target-URI: {url}\r\n" if url else ""
    head = (
        f"WARC/1.0\r\nWARC-Type: {kind}\r\n{target}WARC-Record-ID: <urn:uuid:{len(content)}>\r\n"
        f"WARC-Date: 2015-03-03T10:00:00Z\r\nContent-Type: {content_type}\r\n"
        f"Content-Length: {len(content)}\r\n\r\n"
    )
    return head.encode() + content + b"\r\n\r\n"
