"""Keys typed ahead: each is answered in full before the next one is looked at.

Over a slow line several keys arrive at once. Without this, a key that belongs to a question would reach the screen
below it, because the question is not there yet when the key is handed out.
"""

import asyncio
from collections import deque
from contextlib import suppress

from textual import events
from textual.app import App
from textual.dom import DOMNode
from textual.message_pump import MessagePump

from ipscoding.tui.widgets.bottom_line import BottomLine

UNDER_WAY = "under way"
"""Workers of this group are done with before the next key is looked at, as are those of the group "ask"."""

_PATIENCE = 1.0
"""Seconds after which a key is handed on although the one before seems not to be answered yet."""


class KeysInOrder(App[None]):
    """An application that hands out one key at a time."""

    def __init__(self) -> None:
        super().__init__()
        self._typed: deque[events.Key] = deque()
        self._handing_out: asyncio.Task[None] | None = None

    async def on_event(self, event: events.Event) -> None:
        """Hand out a key at once where nothing is under way, else in its turn."""
        if not isinstance(event, events.Key) or event.is_forwarded:
            await super().on_event(event)
            return
        if self._handing_out is not None and not self._handing_out.done():
            self._typed.append(event)
            return
        target = self._target()
        if not self.screen.is_mounted or self._working():
            self._typed.append(event)
        else:
            await super().on_event(event)
        self._handing_out = asyncio.create_task(self._hand_out(target))

    def _target(self) -> DOMNode:
        return self.focused or self.screen

    async def _hand_out(self, target: DOMNode) -> None:
        while True:
            # a key must not be lost because something else takes long
            with suppress(TimeoutError):
                await asyncio.wait_for(self._answered(target), _PATIENCE)
            if not self._typed:
                return
            target = self._target()
            await super().on_event(self._typed.popleft())

    async def _answered(self, target: DOMNode) -> None:
        """Wait until the key that was given to `target` has done what it does, and where it asks, until it asks."""
        screen = self.screen
        await self._mounted()
        for node in [node for node in target.ancestors_with_self if isinstance(node, MessagePump)]:
            await _through(node)
        while self._working():
            await asyncio.sleep(0.001)
        if self.screen is not screen:
            await self._mounted()
            await _through(self.screen)
            await _through(self)

    async def _mounted(self) -> None:
        while not self.screen.is_mounted:
            await asyncio.sleep(0.001)

    def _working(self) -> bool:
        """Whether something that a key started goes on, with no question of it on the screen."""
        if any(line.asking for line in self.screen.query(BottomLine)):
            return False
        return any(
            worker.group in ("ask", UNDER_WAY) and not worker.is_finished and worker.node is self.screen
            for worker in self.workers
        )


async def _through(node: MessagePump) -> None:
    """Wait until `node` has dealt with what it was sent until now."""
    passed = asyncio.Event()
    if node.is_running and node.call_later(passed.set):
        # what is just being left never gets there
        while node.is_running and not passed.is_set():
            await asyncio.sleep(0.001)
