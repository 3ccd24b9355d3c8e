"""Screens that one leaves with an answer, once: a second click or key under way is too late to answer anything."""

from typing import ClassVar, TypeVar

from textual import events
from textual.await_complete import AwaitComplete
from textual.screen import ModalScreen, Screen

Answer = TypeVar("Answer")


class LeftOnce(Screen[Answer]):
    """A screen that can be dismissed only while it is the one before the reader."""

    def dismiss(self, result: Answer | None = None) -> AwaitComplete:
        """Leave with `result`; does nothing where the screen has been left already."""
        # without this, the second of two quick clicks would take away the screen below
        return super().dismiss(result) if self.is_current else AwaitComplete()


# Textual takes the style of a class from its first base: the screen below a dialog is seen only in this order.
class Dialog(ModalScreen[Answer], LeftOnce[Answer]):
    """A question in front of a screen."""

    BY_CLICK: ClassVar[bool] = False
    """Whether a click beside it leaves it without an answer: where nothing that was written would be lost."""

    def on_click(self, event: events.Click) -> None:
        """Leave by a click beside the dialog."""
        if self.BY_CLICK and event.widget is self:
            event.stop()
            self.dismiss(None)
