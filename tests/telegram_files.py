"""Files that users drop into chats, and what Telegram refuses when a bot asks for one."""

from aiohttp import web

from tests import telegram_limits as limits
from tests.telegram_inline import InlineWorld
from tests.telegram_limits import Json, RefusedError
from tests.telegram_world import Ref, id_of

MAX_FILE = 20 * 1024 * 1024
MAX_CAPTION = 1024


class FileWorld(InlineWorld):
    """A world in which files are sent as documents and fetched by their paths."""

    def drop(
        self,
        user: Ref,
        chat: Ref,
        name: str | None,
        content: bytes,
        *,
        caption: str = "",
        album: str | None = None,
        size: int | None = None,
    ) -> Json:
        """Send a file as a user, alone or in an album, as one of `size` bytes if that is given."""
        if limits.utf16_length(caption) > MAX_CAPTION:
            raise RefusedError("message caption is too long")
        number = len(self.files) + 1
        file_id = f"file-{number}"
        self.files[file_id] = (f"documents/file_{number}", content)
        document: Json = {"file_id": file_id, "file_unique_id": f"u{number}"}
        document |= {"file_size": len(content) if size is None else size}
        document |= {"file_name": name} if name is not None else {}
        extra: Json = {"document": document}
        if caption:
            found = limits.derive_entities(caption)
            extra |= {"caption": caption, "caption_entities": found}
        extra |= {"media_group_id": album} if album else {}
        return self.send(id_of(user), id_of(chat), None, extra=extra)

    def _do_getfile(self, params: Json) -> Json:
        file_id = params.get("file_id", "")
        if file_id not in self.files:
            raise RefusedError("invalid file_id")
        path, content = self.files[file_id]
        if len(content) > MAX_FILE:
            raise RefusedError("file is too big")
        found: Json = {"file_id": file_id, "file_unique_id": file_id}
        return found | {"file_size": len(content), "file_path": path}

    async def _serve_file(self, request: web.Request) -> web.StreamResponse:
        """Send a file to whoever knows token and path."""
        path = request.match_info["path"]
        found = [content for at, content in self.files.values() if at == path]
        if request.match_info["token"] != self.token or not found:
            return web.json_response({"ok": False, "error_code": 404}, status=404)
        return web.Response(body=found[0])
