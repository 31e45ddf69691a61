"""Links that open the chat with the bot and ask it something: `t.me/BOT?start=q_…`.

Telegram hands on up to 64 characters of A–Z, a–z, 0–9, _ and - behind "start=", which is the
alphabet of base64url (RFC 4648, section 5).
"""

import base64
import binascii

_PREFIX = "q_"
_LONGEST = 64


def payload(question: str) -> str | None:
    """Return what stands behind "start=" to ask `question`, or None if it is too long."""
    encoded = base64.urlsafe_b64encode(question.encode()).decode().rstrip("=")
    return _PREFIX + encoded if len(_PREFIX + encoded) <= _LONGEST else None


def question_in(payload: str) -> str | None:
    """Return the question that a payload asks, or None if it asks none."""
    encoded = payload.removeprefix(_PREFIX)
    if encoded == payload or not encoded.isascii():
        return None
    try:
        # Python wants the padding that links are spared.
        raw = base64.b64decode(encoded + "=" * (-len(encoded) % 4), b"-_", validate=True)
        return raw.decode()
    except (binascii.Error, UnicodeDecodeError):
        return None
