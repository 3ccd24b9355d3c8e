"""A coder at the keyboard of a screen: keys, words for fields, what is to be read there, what is in the file."""

from collections.abc import Awaitable, Callable
from typing import Any, Generic, TypeVar

from textual.pilot import Pilot
from textual.screen import Screen
from textual.widgets import Input, TextArea

from ipscoding.domain import Coding
from ipscoding.project import codings, documents, open_project
from ipscoding.tui.app import IpscodingApp
from ipscoding.tui.screens.coding import CodingScreen
from ipscoding.tui.widgets.passage_list import PassageList
from tests.tui_example import said, until

Shown = TypeVar("Shown", bound=Screen[Any])


class AtScreen(Generic[Shown]):
    """Hands on a screen of the kind `KIND`, which may lie below a dialog."""

    KIND: type[Shown]

    def __init__(self, app: IpscodingApp, pilot: Pilot[None]) -> None:
        self.app = app
        self.pilot = pilot

    @property
    def screen(self) -> Shown:
        return next(screen for screen in reversed(self.app.screen_stack) if isinstance(screen, self.KIND))

    @property
    def coding(self) -> CodingScreen:
        screen = self.app.screen_stack[0]
        assert isinstance(screen, CodingScreen)
        return screen

    async def press(self, *keys: str) -> None:
        await self.pilot.press(*keys)
        await self.pilot.pause()

    async def write(self, text: str) -> None:
        """Put `text` into the field that has the keys; quicker than a key for every letter."""
        field = self.app.screen.focused
        if isinstance(field, Input):
            field.value = text
        elif isinstance(field, TextArea):
            field.text = text
        await self.pilot.pause()

    def text(self, selector: str) -> str:
        return said(self.screen, selector)

    def notices(self) -> str:
        return "\n".join(f"{notice.title}: {notice.message}" for notice in self.app._notifications)

    def made(self) -> list[Coding]:
        """The codings as they are in the file."""
        with open_project(self.app.desk.project.path, coder="Somebody") as other:
            return [coding for document in documents.all(other) for coding in codings.of_document(other, document.id)]

    def rows(self) -> list[Any]:
        """The rows of the list of passages."""
        found = self.screen.query_one(PassageList)
        return [row.plain.rstrip() for entry in found._entries for row in entry.rows(found._width)]


class Hands(AtScreen[CodingScreen]):
    """Hands on the coding screen."""

    KIND = CodingScreen

    @property
    def selected(self) -> str:
        return self.screen.view.selected.of(self.screen.desk.transcript.text)


def once_read(*keys: str, then: Callable[[Pilot[None]], Awaitable[None]] | None = None) -> Any:
    """What a picture needs beforehand: the first interview read and painted, then `keys`, then what `then` does."""

    async def ready(pilot: Pilot[None]) -> None:
        app = pilot.app
        assert isinstance(app, IpscodingApp)
        await until(pilot, lambda: app.desk.is_read and bool(app.desk.document or not app.desk.documents))
        for key in keys:
            await pilot.press(key)
            await pilot.pause()
        if then is not None:
            await then(pilot)
        # on a busy machine the last act may be painted a little later
        await pilot.pause(0.2)

    return ready
