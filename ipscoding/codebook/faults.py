"""What is wrong with a file, and where."""

from dataclasses import dataclass
from typing import Literal, Protocol

Severity = Literal["fault", "advice"]
"""A fault keeps the file from being used; advice is something to look at."""


@dataclass(frozen=True, slots=True, order=True)
class Fault:
    """One thing to put right: line and column count from 1, `message` is one sentence without a full stop."""

    line: int
    column: int
    message: str
    severity: Severity = "fault"


class Placed(Protocol):
    """Anything that knows where in its file it begins (line and column from 1)."""

    @property
    def line(self) -> int: ...  # noqa: D102

    @property
    def column(self) -> int: ...  # noqa: D102


class Faults:
    """The faults of one file, collected so that all of them can be shown at once."""

    def __init__(self) -> None:
        self._found: list[Fault] = []

    def fault(self, at: Placed, message: str) -> None:
        """Note something that keeps the file from being used."""
        self._found.append(Fault(at.line, at.column, message))

    def advice(self, at: Placed, message: str) -> None:
        """Note something to look at."""
        self._found.append(Fault(at.line, at.column, message, "advice"))

    def all(self) -> list[Fault]:
        """Everything noted, in the order of the file."""
        return sorted(set(self._found))

    def grave(self) -> list[Fault]:
        """What keeps the file from being used, in the order of the file."""
        return [fault for fault in self.all() if fault.severity == "fault"]
