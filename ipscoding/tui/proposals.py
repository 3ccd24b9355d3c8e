"""Passages in the whole project that the engine points at: what is asked for, and each as an entry of a list."""

from collections.abc import Callable
from dataclasses import dataclass, replace
from enum import StrEnum

from textual.content import Content

from ipscoding.domain import Span, Valence
from ipscoding.i18n import N_, _
from ipscoding.project import Project
from ipscoding.suggest import Engine
from ipscoding.suggest.likeness import Passage, like_code, like_coding, missed, uncertain
from ipscoding.suggest.of_project import norm_of_document
from ipscoding.suggest.stop import Flag, Progress
from ipscoding.tui.entries import around, styled_rows
from ipscoding.tui.layout import Layout
from ipscoding.tui.words import valence_name

_MOST = 100


class Kind(StrEnum):
    """What is looked for."""

    LIKE_CODE = "code"
    LIKE_CODING = "coding"
    UNCERTAIN = "uncertain"
    MISSED = "missed"


NAMES = {
    Kind.LIKE_CODE: N_("Most likely to get the code"),
    Kind.LIKE_CODING: N_("Most like the passage"),
    Kind.UNCERTAIN: N_("Least sure: what teaches the engine most"),
    Kind.MISSED: N_("Perhaps missed: strong suggestions in interviews that are done"),
}


@dataclass(frozen=True)
class Wish:
    """What to look for: for a code its readable id, for a coding its id."""

    kind: Kind = Kind.UNCERTAIN
    code: str = ""
    coding: str = ""


@dataclass(frozen=True)
class Proposal:
    """A passage that was found, and the direction that the engine would give it."""

    passage: Passage
    valence: Valence

    @property
    def key(self) -> str:
        """What it is known by while the list is filled anew."""
        span = self.passage.span
        return f"{self.passage.document.id}:{span.start}-{span.end} {self.passage.code}"


def look(project: Project, engine: Engine, wish: Wish, progress: Progress, cancel: Flag) -> list[Proposal]:
    """What the engine finds. Raises `NotFound`, `NotAllowed` and `Cancelled` as the functions of `likeness` do."""
    if wish.kind is Kind.LIKE_CODE:
        found = like_code(project, engine, wish.code, most=_MOST, progress=progress, cancel=cancel)
    elif wish.kind is Kind.LIKE_CODING:
        found = like_coding(project, engine, wish.coding, most=_MOST, progress=progress, cancel=cancel)
    elif wish.kind is Kind.MISSED:
        found = missed(project, engine, most=_MOST, progress=progress, cancel=cancel)
    else:
        found = uncertain(project, engine, most=_MOST, progress=progress, cancel=cancel)
    return [Proposal(one, _direction(engine, one)) for one in found]


def _direction(engine: Engine, one: Passage) -> Valence:
    return engine.valence_at(one.transcript, one.span, one.code, norm_of_document(one.document))[0]


def without(found: list[Proposal], gone: Proposal) -> list[Proposal]:
    """The proposals but `gone` and what overlaps it with the same code."""
    return [
        one
        for one in found
        if one.passage.code != gone.passage.code
        or one.passage.document.id != gone.passage.document.id
        or not one.passage.span.overlaps(gone.passage.span)
    ]


def with_code(one: Proposal, code: str, valence: Valence) -> Proposal:
    """The same passage under another code."""
    return Proposal(replace(one.passage, code=code), valence)


class ProposalEntry:
    """A proposal with what was said around it."""

    def __init__(self, one: Proposal, *, name: Callable[[str], str], colour: str, context: int) -> None:
        """`name` gives a code's name; `context`: 0 none, 1 a little, 2 the turn and the one before it."""
        self.one = one
        self.key = one.key
        self._name = name
        self._colour = colour
        self._context = context
        self._wrapped: tuple[int, Layout, Span] | None = None

    def _layout(self, width: int) -> tuple[Layout, Span]:
        if self._wrapped is None or self._wrapped[0] != width:
            passage = self.one.passage
            text, span = around(passage.transcript.text, passage.span, self._context)
            self._wrapped = (width, Layout(text, width), span)
        return self._wrapped[1:]

    def height(self, width: int) -> int:
        """A row on the code, the text, an empty row."""
        return 1 + len(self._layout(width)[0]) + 1

    def rows(self, width: int) -> list[Content]:
        """The passage as it is read: full and bold, what was said around it dim."""
        layout, span = self._layout(width)
        return [self._about(), *styled_rows(layout, span, "bold", "dim"), Content("")]

    def _about(self) -> Content:
        one, passage = self.one, self.one.passage
        turn = passage.transcript.turn_at(passage.span.start)
        place = [passage.document.name, _("turn {n}").format(n=turn.number) if turn is not None else ""]
        coded = ", ".join(self._name(code) for code in passage.coded)
        return Content.assemble(
            ("■ ", self._colour),
            (f"{one.valence.sign} {valence_name(one.valence)}", "bold"),
            f"  {self._name(passage.code)}  ",
            (_("{score} of 100").format(score=round(100 * passage.score)), "dim"),
            ("  " + " · ".join(part for part in place if part), "dim"),
            (f" · {_('coded here: {codes}').format(codes=coded)}" if coded else "", "dim"),
        )
