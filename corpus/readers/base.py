"""What every reader is given and gives: a reader is a function, bytes and `Source` -> `Result`s."""

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime
from typing import Any

from corpus.charset import decode
from corpus.compose import Header
from corpus.types import INSIDE, Article, Lead, ReadError


@dataclass(frozen=True, slots=True)
class Limits:
    """How much of an archive is unpacked, at most.

    Attributes:
        member: Bytes of one file in it.
        archive: Bytes of one archive in it, or of one file that holds many articles.
        total: Bytes of all files in it, those in archives within it included.
        files: How many files.
        depth: How deep archives may lie within each other.
        ratio: How many times larger than packed a file may be, if it is larger than a megabyte.
        seconds: To read one PDF or EPUB.
        memory: Bytes to do so.
    """

    member: int = 10_000_000
    archive: int = 200_000_000
    total: int = 1_000_000_000
    files: int = 100_000
    depth: int = 4
    ratio: float = 200
    seconds: float = 60
    memory: int = 1_000_000_000


@dataclass(slots=True)
class Room:
    """What is left of `Limits.total` and `Limits.files` for one file and all that is in it."""

    total: int
    files: int

    def take(self, size: int) -> bool:
        """Whether one more file of `size` bytes fits in; it is counted if it does."""
        if size > self.total or not self.files:
            return False
        self.total -= size
        self.files -= 1
        return True


@dataclass(frozen=True, slots=True)
class Options:
    """What a person can set about reading.

    Attributes:
        columns: Of JSON Lines and CSV: field of an article -> its column there.
        channels: Of Telegram exports: id or name of a channel -> its public name.
        limits: For archives.
    """

    columns: Mapping[Any, str] = field(default_factory=dict)
    channels: Mapping[str, str] = field(default_factory=dict)
    limits: Limits = Limits()


@dataclass(frozen=True, slots=True)
class Source:
    """Where bytes came from, and what was said of them there.

    Attributes:
        origin: Names them in errors: a path, or an address.
        name: Their file name: decides about the kind where the content cannot.
        url: Where they were fetched from, or None.
        content_type: As the server said, such as "text/html", or None.
        charset: Likewise.
        header: What is known of the article from elsewhere, such as from the feed that named it.
        options: See there.
        now: When they are read: no article was published later.
        depth: How many archives they lie in.
        room: Shared by all that lies in one file.
    """

    origin: str
    name: str = ""
    url: str | None = None
    content_type: str | None = None
    charset: str | None = None
    header: Header = field(default_factory=Header)
    options: Options = Options()
    now: datetime = field(default_factory=lambda: datetime.now(UTC))
    depth: int = 0
    room: Room | None = None

    def inside(self, name: str) -> str:
        """The origin of the part called `name`."""
        # Names from outside go into logs and messages.
        shown = name if name.isprintable() else name.encode("unicode_escape").decode()
        return f"{self.origin}{INSIDE}{shown}"

    def fault(self, reason: str, name: str = "") -> ReadError:
        """An error about these bytes, or about the part of them called `name`."""
        return ReadError(self.inside(name) if name else self.origin, reason)

    def text(self, data: bytes) -> str:
        """Decode `data`.

        Raises:
            NotTextError: It is no text.
        """
        return decode(data, self.charset)

    def of(self, member: "Member") -> "Source":
        """The source that a member of these bytes is."""
        return replace(
            self,
            origin=self.inside(member.name),
            name=member.name,
            url=member.url,
            content_type=member.content_type,
            charset=member.charset,
            header=member.header,
            depth=self.depth + 1,
        )


@dataclass(frozen=True, slots=True)
class Found:
    """An article that was read.

    Attributes:
        article: The article.
        origin: Where in the source it stands.
        notes: What a person should know of how it was read, a line each.
        is_page: Whether it came from a site, whose furniture may have been left in it.
    """

    article: Article
    origin: str
    notes: tuple[str, ...] = ()
    is_page: bool = False


@dataclass(frozen=True, slots=True)
class Member:
    """A file within a file, to be read by whatever reader reads its kind.

    Attributes:
        name: Unique within the file.
        data: Its bytes.
        url: Where it was on the web, or None.
        content_type: As was said there, or None.
        charset: Likewise.
        header: What is known of it from elsewhere.
    """

    name: str
    data: bytes
    url: str | None = None
    content_type: str | None = None
    charset: str | None = None
    header: Header = field(default_factory=Header)


Result = Found | Lead | ReadError | Member
Reader = Callable[[bytes, Source], Iterator[Result]]
