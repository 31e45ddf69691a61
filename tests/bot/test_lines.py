"""Lines by a clock that moves with each sleep."""

import asyncio
from collections.abc import Hashable

import pytest

from bot.lines import LONGEST_SETTLING, SETTLING, Lines


class Time:
    """A clock that each sleeper moves."""

    def __init__(self) -> None:
        self.now = 0.0

    def __call__(self) -> float:
        """Return the time."""
        return self.now

    async def sleep(self, seconds: float) -> None:
        """Move the clock, and let others go on."""
        self.now += seconds
        await asyncio.sleep(0)


class Scene:
    """People asking, each answer taking until `go_on` is set."""

    def __init__(self) -> None:
        self.time = Time()
        self.lines = Lines(self.time, self.time.sleep)
        self.go_on = asyncio.Event()
        self.answered: list[str] = []
        self.notes: list[int] = []

    async def ask(self, name: str, place: Hashable = "a", said_at: float = 0) -> None:
        """Ask a question and wait for what becomes of it."""
        async with self.lines.turn(place, said_at) as turn:
            if turn.is_left_out:
                return
            await self.go_on.wait()
            self.answered.append(name)
            if count := turn.left_out():
                self.notes.append(count)

    async def run(self, *questions: str, place: Hashable = "a") -> None:
        """Ask all of them at once."""
        tasks = [asyncio.create_task(self.ask(q, place)) for q in questions]
        await asyncio.sleep(0)
        self.go_on.set()
        await asyncio.gather(*tasks)


async def settle() -> None:
    """Let everything happen that can."""
    for _ in range(20):
        await asyncio.sleep(0)


async def test_in_order() -> None:
    scene = Scene()
    await scene.run("1", "2", "3")
    assert (scene.answered, scene.notes) == (["1", "2", "3"], [])
    assert scene.lines._lines == {}


async def test_of_fifty_the_last() -> None:
    scene = Scene()
    await scene.run(*(str(n) for n in range(50)))
    assert (scene.answered, scene.notes) == (["49"], [49])
    # After the note a burst is over.
    await scene.run("50", "51")
    assert (scene.answered[1:], scene.notes) == (["50", "51"], [49])


async def test_what_is_being_answered_is_answered() -> None:
    scene = Scene()
    first = asyncio.create_task(scene.ask("first"))
    await settle()
    await scene.run("1", "2", "3", "4", "5")
    await first
    assert (scene.answered, scene.notes) == (["first", "5"], [4])


async def test_other_conversations_go_on_meanwhile() -> None:
    scene = Scene()
    held = asyncio.create_task(scene.ask("held"))
    await asyncio.sleep(0)
    async with asyncio.timeout(1), scene.lines.turn("b", 0) as turn:
        assert not turn.is_left_out
    assert not held.done()
    scene.go_on.set()
    await held


async def test_what_was_written_long_before_is_no_part_of_a_burst() -> None:
    scene = Scene()
    scene.go_on.set()
    await asyncio.gather(*(scene.ask(str(n), said_at=31 * n) for n in range(6)))
    assert (scene.answered, scene.notes) == (["0", "1", "2", "3", "4", "5"], [])


async def test_it_waits_for_silence_but_not_for_ever() -> None:
    scene = Scene()
    scene.go_on.set()
    await scene.ask("alone")
    assert scene.time.now == SETTLING
    begun = scene.time.now
    question = asyncio.create_task(scene.ask("another"))
    await asyncio.sleep(0)
    for _ in range(50):
        # Somebody goes on writing.
        if line := scene.lines._lines.get("a"):
            line.newest = scene.time.now
        await asyncio.sleep(0)
    await question
    assert scene.time.now - begun == pytest.approx(LONGEST_SETTLING)


async def test_who_goes_away_holds_up_nobody() -> None:
    scene = Scene()
    tasks = [asyncio.create_task(scene.ask(str(n))) for n in range(3)]
    await settle()
    tasks[0].cancel()
    tasks[1].cancel()
    scene.go_on.set()
    await asyncio.gather(*tasks, return_exceptions=True)
    assert scene.answered == ["2"]
    assert scene.lines._lines == {}
