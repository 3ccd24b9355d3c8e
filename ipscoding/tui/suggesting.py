"""What the screens need of the suggestion engine: start it, ask it, say why. Starting and asking may take seconds.

The engine is imported here and nowhere else in this room, inside a function, because it is heavy.
"""

import importlib
from collections.abc import Callable, Iterable, Sequence
from typing import Any, Protocol

from ipscoding.domain import Coding, Span, Transcript, Valence
from ipscoding.project import Project, codebooks
from ipscoding.project.decisions import Decision


class Suggested(Protocol):
    """A suggestion as the engine gives it."""

    @property
    def span(self) -> Span:
        """The stretch it is for."""

    @property
    def code(self) -> str:
        """The readable id of the suggested code."""

    @property
    def valence(self) -> Valence:
        """The direction the engine sees."""

    @property
    def score(self) -> float:
        """How sure it is."""


class Engine(Protocol):
    """The engine, as far as the screens know it."""

    def suggest(self, transcript: Transcript) -> Sequence[Suggested]:
        """The suggestions for one transcript."""

    def explain(self, transcript: Transcript, suggestion: Any) -> object:
        """Why something was suggested; its `str` is for people to read."""


Progress = Callable[[float], None]


def start(project: Project, progress: Progress) -> Engine:
    """The engine for `project`, taught from its codebook and phrase bank; `progress` hears the share that is done."""
    suggest = importlib.import_module("ipscoding.suggest")
    engine: Engine = suggest.build(codebooks.load(project), codebooks.phrases(project), progress=progress)
    return engine


def engine_name(engine: Engine) -> str:
    """What the ledger calls the engine."""
    return str(getattr(engine, "name", type(engine).__name__.lower()))


def key_of(suggestion: Suggested) -> str:
    """What tells a suggestion from the others of its transcript."""
    return f"{suggestion.span.start}-{suggestion.span.end} {suggestion.code}"


def still_open(
    suggestions: Iterable[Suggested], codings: Iterable[Coding], decisions: Iterable[Decision], coder: str
) -> list[Suggested]:
    """The suggestions that `coder` has neither decided on nor coded already, by place, the best of a place first."""
    decided = {(d.span, d.code) for d in decisions if d.coder == coder}
    coded: dict[str, list[Span]] = {}
    for coding in codings:
        if coding.coder == coder:
            coded.setdefault(coding.code, []).append(coding.span)
    left = [
        suggestion
        for suggestion in suggestions
        if (suggestion.span, suggestion.code) not in decided
        and not any(span.overlaps(suggestion.span) for span in coded.get(suggestion.code, ()))
    ]
    return sorted(left, key=lambda suggestion: (suggestion.span, -suggestion.score))
