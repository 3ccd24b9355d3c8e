"""How long work says how far it is, and is stopped."""

from collections.abc import Callable
from typing import Protocol

Progress = Callable[[float, str], None]
"""Called with the share done (0 to 1) and what is being done, in words."""


class Flag(Protocol):
    """Something that can be asked whether to stop; a `threading.Event` is one."""

    def is_set(self) -> bool:
        """Whether to stop."""


class Cancelled(Exception):
    """The work was stopped by whoever asked for it; nothing was kept."""


def check(cancel: Flag | None) -> None:
    """Stop here if asked to.

    Raises:
        Cancelled: `cancel` is set.
    """
    if cancel is not None and cancel.is_set():
        raise Cancelled
