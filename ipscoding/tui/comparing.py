"""Two coders on one interview: who they are, where they differ, which of that is shown. Knows no widget."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from itertools import pairwise

from ipscoding.analysis.differences import Comparison, Kind, compare, counted
from ipscoding.domain import Coding, Document, Span, Transcript
from ipscoding.i18n import _
from ipscoding.project import Project, blind, codings, documents
from ipscoding.tui.marks import EMPTY

SIGNS = {Kind.AGREE: "=", Kind.VALENCE: "≠", Kind.ONLY_A: "◁", Kind.ONLY_B: "▷"}
"""How each kind of comparison is marked."""

DIFFERENCES = (Kind.VALENCE, Kind.ONLY_A, Kind.ONLY_B)
VIEWS: tuple[tuple[Kind, ...], ...] = (tuple(Kind), DIFFERENCES, *((kind,) for kind in Kind))
"""What can be shown, in the order it is gone through."""


def kind_name(kind: Kind, a: str, b: str) -> str:
    """What a comparison shows, in words; `a` and `b` are the coders' names."""
    return {
        Kind.AGREE: _("agree"),
        Kind.VALENCE: _("other direction"),
        Kind.ONLY_A: _("only {coder}").format(coder=a),
        Kind.ONLY_B: _("only {coder}").format(coder=b),
    }[kind]


def view_name(view: Sequence[Kind], a: str, b: str) -> str:
    """What is shown, in words."""
    if len(view) == 1:
        return _("shown: {what}").format(what=kind_name(view[0], a, b))
    return _("shown: all") if Kind.AGREE in view else _("shown: differences")


@dataclass
class Compared:
    """What two coders made of one interview, as it was last read from the project."""

    document: Document | None = None
    transcript: Transcript = EMPTY
    a: str = ""
    b: str = ""
    coders: list[str] = field(default_factory=list)
    statuses: Mapping[str, str] = field(default_factory=dict)
    all: list[Comparison] = field(default_factory=list)
    blind: bool = False
    code: str = ""
    view: tuple[Kind, ...] = VIEWS[0]

    @property
    def of_code(self) -> list[Comparison]:
        """The comparisons of the code asked for, whatever they show."""
        return [one for one in self.all if self.code in ("", one.code)]

    @property
    def shown(self) -> list[Comparison]:
        """The comparisons that are asked for."""
        return [one for one in self.of_code if one.kind in self.view]

    @property
    def counts(self) -> Mapping[Kind, int]:
        """How many there are of each kind, of the code asked for."""
        return counted(self.of_code)

    def read(self, project: Project, document_id: str) -> None:
        """Read an interview and who coded it; keeps the coders where they are at work there. Raises `NotFound`."""
        document = documents.find(project, document_id)
        if self.document is None or self.document.text_sha256 != document.text_sha256:
            self.transcript = documents.transcript(project, document.id)
        self.document = document
        kept = blind.hidden_from(project, document.id)
        me = project.coder
        everyone = [one for one in codings.of_document(project, document.id) if one.coder not in kept]
        made: dict[str, list[Coding]] = {}
        for coding in everyone:
            made.setdefault(coding.coder, []).append(coding)
        self.statuses = {
            coder: status
            for (place, coder), status in documents.statuses(project).items()
            if place == document.id and coder not in kept
        }
        self.coders = sorted({*made, *self.statuses}, key=lambda name: (name not in made, name.casefold()))
        self.blind = bool(kept) and len(self.coders) < 2
        self._choose(me)
        both = bool(self.a and self.b)
        self.all = compare(made.get(self.a, ()), made.get(self.b, ())) if both else []
        if self.code not in {one.code for one in self.all}:
            self.code = ""

    def _choose(self, me: str) -> None:
        """Keep the two coders; else oneself and whoever else coded here, else the first two."""
        left = [name for name in self.coders if name not in (self.a, self.b)]
        left.sort(key=lambda name: name != me)
        if self.a not in self.coders:
            self.a = left.pop(0) if left else ""
        if self.b not in self.coders:
            self.b = left.pop(0) if left else ""

    def swap(self) -> None:
        """Let the coders change sides."""
        if self.a and self.b:
            self.a, self.b = self.b, self.a


def halves(comparison: Comparison) -> tuple[list[Span], list[Span]]:
    """Which stretches of a comparison both coded, and which only one of them."""
    edges = sorted({edge for coding in comparison.codings for edge in (coding.span.start, coding.span.end)})
    stretches: tuple[list[Span], list[Span]] = ([], [])
    for start, end in pairwise(edges):
        here = Span(start, end)
        sides = sum(any(coding.span.overlaps(here) for coding in side) for side in (comparison.a, comparison.b))
        if sides:
            found = stretches[0 if sides == 2 else 1]
            if found and found[-1].end == start:
                here = Span(found.pop().start, end)
            found.append(here)
    return stretches
