"""Who may decide for a chat."""

from telegram import Chat, ChatMember
from telegram import Message as Received
from telegram.constants import ChatType
from telegram.error import BadRequest

_ADMINS = frozenset({ChatMember.OWNER, ChatMember.ADMINISTRATOR})


async def is_admin(chat: Chat, user: int) -> bool:
    """Whether a user administers a chat; in a private one, whether it is theirs."""
    if chat.type == ChatType.PRIVATE:
        return chat.id == user
    try:
        member = await chat.get_member(user)
    except BadRequest:
        # Telegram keeps the members of some chats from a bot that is no administrator.
        return False
    return member.status in _ADMINS


async def is_by_admin(message: Received) -> bool:
    """Whether an administrator of its chat wrote a message.

    An anonymous one writes in the name of the chat itself. Who writes in the name of another, such
    as of a channel linked to a group, may be anyone.
    """
    if message.sender_chat is not None:
        return message.sender_chat.id == message.chat_id
    user = message.from_user
    return user is not None and await is_admin(message.chat, user.id)
