"""Where coders differ, passage by passage, with what was decided about it; and where they agree."""

from bisect import bisect_left
from collections.abc import Collection, Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from functools import cached_property

from ipscoding.analysis.agreement.axis import axis_of
from ipscoding.analysis.agreement.entering import Entering, entering, read
from ipscoding.analysis.agreement.report import Reading
from ipscoding.analysis.differences import brought_together, same_passage
from ipscoding.analysis.names import codes_matching
from ipscoding.analysis.table import Cell, Column, Row, Table
from ipscoding.domain import Codebook, Coding, Document, Span
from ipscoding.errors import NotAllowed, NotFound
from ipscoding.i18n import _, ngettext
from ipscoding.i18n import language as language_in_use
from ipscoding.project import Project, adjudications, blind, codebooks
from ipscoding.project.adjudications import Adjudication
from ipscoding.project.adjudications import Question as Passage

VALENCE, CODE = "valence", "code"
"""How coders differ: in the direction, or in whether the code is there at all."""


@dataclass(frozen=True)
class Compared:
    """One passage with one code, as every coder coded it (`sides`, in the order of the coders; empty: not at all).

    `beside` is what coders coded on the same words else. `decided` is the decision about it that stands;
    `earlier` are decisions about what stood here before somebody changed a coding, or one that is disputed.
    """

    document: Document
    coders: tuple[str, ...]
    sides: tuple[tuple[Coding, ...], ...]
    beside: tuple[tuple[Coding, ...], ...]
    turn: int
    text: str
    decided: Adjudication | None = None
    earlier: tuple[Adjudication, ...] = ()

    @cached_property
    def question(self) -> Passage:
        """What is decided about."""
        made = sorted((one for side in self.sides for one in side), key=lambda one: (one.span, one.coder, one.id))
        return Passage(self.document.id, made[0].code, tuple(made))

    @property
    def id(self) -> str:
        """By which a decision is asked for; the first characters do."""
        return self.question.id

    @property
    def code(self) -> str:
        """The code's readable id."""
        return self.question.code

    @property
    def kind(self) -> str:
        """How the coders differ: `CODE`, `VALENCE`, or not at all (empty)."""
        if not all(self.sides):
            return CODE
        return VALENCE if len({adjudications.together(one.valence for one in side) for side in self.sides}) > 1 else ""


@dataclass(frozen=True)
class Standing:
    """How far coders are with each other: who and what enters, where they agree, and where they do not.

    `hidden` are interviews that are kept from whoever asks, who is still to code them blind.
    """

    entered: Entering
    agreed: tuple[Compared, ...]
    disagreements: tuple[Compared, ...]
    hidden: tuple[Document, ...] = ()

    @property
    def open(self) -> list[Compared]:
        """The disagreements that nobody has decided."""
        return [one for one in self.disagreements if one.decided is None]

    def find(self, wanted: str) -> Compared:
        """The disagreement with this id, or the first characters of it. Raises `NotFound`."""
        found = [one for one in self.disagreements if wanted and one.id.startswith(wanted)]
        if len(found) != 1:
            raise NotFound(
                _("There is no single disagreement {id}").format(id=wanted),
                _('The column id of "ipscoding agree PROJECT --disagreements" names each'),
            )
        return found[0]


def standing(
    project: Project,
    coders: Collection[str] | None = None,
    *,
    roles: Collection[str] = (),
    names: Collection[str] = (),
) -> Standing:
    """What the coders of a project agree on and what not, by document and place.

    Arguments as for `entering`. Codings of nothing but the interviewer's words are left out. Raises what `entering`
    raises; `NotAllowed` where all interviews are hidden.
    """
    entered = entering(project, coders, roles=roles, names=names)
    kept = blind.hidden(project)
    hidden = tuple(
        document for document in entered.documents if not kept.get(document.id, frozenset()).isdisjoint(entered.coders)
    )
    if len(hidden) == len(entered.documents):
        raise NotAllowed(
            _("These interviews are coded blind, and their coders or you are not done with them"),
            _("Mark them as done first, or ask the lead of the project"),
        )
    decided = {one.key: one for one in adjudications.all(project)}
    agreed: list[Compared] = []
    differing: list[Compared] = []
    for reading in read(project, entered):
        if reading.document in hidden:
            continue
        there = list(compared(reading, entered.coders))
        current = {one.question.key for one in there}
        left = [one for key, one in decided.items() if key[0] == reading.document.id and key not in current]
        for one in there:
            earlier = tuple(past for past in left if past.code == one.code and past.span.overlaps(one.question.span))
            if one.kind:
                last = decided.get(one.question.key)
                if last is not None and last.disputed:
                    differing.append(replace(one, earlier=(last, *earlier)))
                else:
                    differing.append(replace(one, decided=last, earlier=earlier))
            else:
                agreed.append(replace(one, earlier=earlier))
    return Standing(entered, tuple(agreed), tuple(differing), hidden)


def compared(reading: Reading, coders: Sequence[str]) -> Iterator[Compared]:
    """The passages of one interview, by place and code, as each coder coded them."""
    characters = axis_of(reading.transcript, "character")
    heard = []
    for side in reading.sides:
        places = [(one, characters.place(one.span.start, one.span.end)) for one in side or ()]
        heard.append([one for one, (start, end) in places if start < end])
    groups = brought_together(heard)
    groups.sort(key=lambda sides: min((one.span, one.code) for side in sides for one in side))
    near = [_Near(side) for side in heard]
    for sides in groups:
        made = [one for side in sides for one in side]
        span = Span(min(one.span.start for one in made), max(one.span.end for one in made))
        turn = reading.transcript.turn_at(span.start)
        yield Compared(
            reading.document,
            tuple(coders),
            sides,
            tuple(there.beside(made, span) for there in near),
            turn.number if turn else 0,
            span.of(reading.transcript.text),
        )


class _Near:
    """One coder's codings of an interview, by place."""

    def __init__(self, side: Iterable[Coding]) -> None:
        self._made = sorted(side, key=lambda one: (one.span, one.code))
        self._starts = [one.span.start for one in self._made]
        self._longest = max((len(one.span) for one in self._made), default=0)

    def beside(self, made: Sequence[Coding], span: Span) -> tuple[Coding, ...]:
        """The codings beside `made` (which lie within `span`): with another code on a passage of theirs.

        And those with the same code that share too little with them to be of the same passage.
        """
        first = bisect_left(self._starts, span.start - self._longest)
        last = bisect_left(self._starts, span.end)
        return tuple(
            other for other in self._made[first:last] if other not in made and any(_touch(other, one) for one in made)
        )


def _touch(other: Coding, one: Coding) -> bool:
    return other.span.overlaps(one.span) if other.code == one.code else same_passage(other.span, one.span)


def disagreements_table(
    project: Project,
    stands: Standing,
    *,
    everything: bool = True,
    codes: Collection[str] = (),
    language: str | None = None,
) -> Table:
    """Every disagreement as a row, with both sides' codings and memos and what was decided.

    Without `everything` only those that nobody has decided; `codes` limits it to these and what is below them.
    """
    book = codebooks.load(project)
    spoken = language or language_in_use()
    wanted = codes_matching(codes, book, {one.code for one in stands.disagreements}) if codes else None
    rows = [
        _row(one, book, spoken)
        for one in stands.disagreements
        if (everything or one.decided is None) and (wanted is None or one.code in wanted)
    ]
    columns = [
        Column("id", "text", _("Id")),
        Column("document", "text", _("Document")),
        Column("turn", "int", _("Turn")),
        Column("start", "int", _("Start"), detail=True),
        Column("end", "int", _("End"), detail=True),
        Column("code", "text", _("Code")),
        Column("code_label", "text", _("Label"), detail=True),
        Column("differs_in", "text", _("Differ in")),
    ]
    for coder in stands.entered.coders:
        columns.append(Column(f"coded_{coder}", "text", coder))
        columns.append(
            Column(f"other_codes_{coder}", "text", _("Other codes, {coder}").format(coder=coder), detail=True)
        )
        columns.append(Column(f"memo_{coder}", "text", _("Memo, {coder}").format(coder=coder), detail=True))
    columns += [
        Column("text", "text", _("Text")),
        Column("state", "text", _("State")),
        Column("outcome", "text", _("Outcome"), detail=True),
        Column("side", "text", _("Whose"), detail=True),
        Column("reason", "text", _("Reason"), detail=True),
        Column("decided_by", "text", _("Decided by"), detail=True),
        Column("decided_at", "text", _("Decided at"), detail=True),
    ]
    return Table(columns, rows, _notes(stands))


OPEN, DECIDED, CHANGED, DISPUTED = "open", "decided", "changed", "disputed"
"""The states of a disagreement, all but `DECIDED` still to be decided.

`CHANGED`: codings changed after it was decided. `DISPUTED`: two people decided it differently in two copies.
"""


def state(one: Compared) -> str:
    """How far a disagreement has come."""
    if one.decided is not None:
        return DECIDED
    if any(past.disputed and past.key == one.question.key for past in one.earlier):
        return DISPUTED
    return CHANGED if one.earlier else OPEN


def _row(one: Compared, book: Codebook, language: str) -> Row:
    code = book.by_id.get(one.code)
    row: dict[str, Cell] = {
        "id": one.id,
        "document": one.document.name,
        "turn": one.turn,
        "start": one.question.span.start,
        "end": one.question.span.end,
        "code": one.code,
        "code_label": code.name(language) if code else one.code,
        "differs_in": one.kind,
        "text": one.text,
        "state": state(one),
    }
    for coder, side, beside in zip(one.coders, one.sides, one.beside, strict=True):
        row[f"coded_{coder}"] = "; ".join(f"{made.valence} {made.span.start}-{made.span.end}" for made in side)
        row[f"other_codes_{coder}"] = ", ".join(dict.fromkeys(made.code for made in beside))
        row[f"memo_{coder}"] = "\n".join(made.memo for made in side if made.memo)
    last = one.decided
    row["outcome"], row["side"] = (last.outcome, last.side) if last else ("", "")
    row["reason"], row["decided_by"] = (last.reason, last.coder) if last else ("", "")
    row["decided_at"] = last.decided_at if last else ""
    return row


def _notes(stands: Standing) -> list[str]:
    agreed, differing, still = len(stands.agreed), len(stands.disagreements), len(stands.open)
    notes = [
        _("Coders: {coders}.").format(coders=", ".join(stands.entered.coders)),
        ngettext("They agree on {n} passage.", "They agree on {n} passages.", agreed).format(n=agreed),
        ngettext("They differ on {n} passage", "They differ on {n} passages", differing).format(n=differing)
        + _("; {n} undecided.").format(n=still),
        _(
            "Codings of one code are of the same passage where they share at least half of the shorter one; "
            "coders differ in the code where one of them has none there, else in the direction."
        ),
        *stands.entered.notes(),
    ]
    if stands.hidden:
        names = ", ".join(document.name for document in stands.hidden)
        notes.append(_("Hidden, since they are coded blind: {names}.").format(names=names))
    return notes
