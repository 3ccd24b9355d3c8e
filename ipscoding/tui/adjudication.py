"""What coders differ on in a whole project, as it is walked and decided: read, limited, measured. Knows no widget."""

from collections import Counter
from collections.abc import Callable, Collection, Iterable, Sequence
from dataclasses import dataclass, field, replace
from itertools import combinations
from threading import Event

from ipscoding.analysis import agreement
from ipscoding.analysis.agreement import Compared, Entering, Question, Standing, standing
from ipscoding.analysis.agreement.disagreements import CHANGED, DECIDED, DISPUTED, OPEN, state
from ipscoding.analysis.names import natural
from ipscoding.domain import CONSENSUS, Document, Valence
from ipscoding.errors import NotAllowed
from ipscoding.i18n import _, with_decimal_sign
from ipscoding.project import Project, adjudications, documents
from ipscoding.project.adjudications import Adjudication
from ipscoding.tui.words import valence_name

SIGNS = {OPEN: "○", CHANGED: "◐", DISPUTED: "≠", DECIDED: "●"}
"""How far a disagreement has come, as it is marked in the list."""

VIEWS = ("all", "open", "decided")
"""Which disagreements can be shown, in the order they are gone through."""

_PARTS = 20
_MEASURE = "alpha"

Advance = Callable[[float], None]
"""Called with the share of the interviews that has been read, from 0 to 1."""


# Who is compared


def finished(project: Project) -> dict[str, set[str]]:
    """The ids of the interviews that each coder marked as done; the consensus layer is no coder."""
    done: dict[str, set[str]] = {}
    for (document_id, coder), status in documents.statuses(project).items():
        if status == "done" and coder != CONSENSUS:
            done.setdefault(coder, set()).add(document_id)
    return dict(sorted(done.items(), key=lambda item: natural(item[0])))


def likely_coders(project: Project) -> tuple[str, ...]:
    """Whom to compare without being told: all who are done with one interview in common, else the pair with most.

    Fewer than two where nobody else has finished anything.
    """
    done = finished(project)
    if len(done) < 2 or set.intersection(*done.values()):
        return tuple(done)
    return max(combinations(done, 2), key=lambda pair: (len(done[pair[0]] & done[pair[1]]), project.coder in pair))


def choices_of_coders(project: Project) -> list[tuple[tuple[str, ...], int]]:
    """Whom one can compare, each choice with the number of interviews that all of them are done with."""
    done = finished(project)
    pairs = list(combinations(done, 2))
    groups = [tuple(done), *pairs] if len(done) > 2 else pairs
    return [(group, len(set.intersection(*(done[name] for name in group)))) for group in groups]


# Reading


def read_all(project: Project, coders: Sequence[str], advance: Advance, stop: Event) -> Standing | None:
    """What the coders agree on and what not in the interviews that all of them are done with; None once stopped.

    Raises what `agreement.standing` raises.
    """
    entered = agreement.entering(project, coders or None)
    size = max(1, -(-len(entered.documents) // _PARTS))
    found = Standing(entered, (), ())
    for at in range(0, len(entered.documents), size):
        if stop.is_set():
            return None
        some = _read(project, entered, entered.documents[at : at + size])
        found = Standing(
            entered,
            found.agreed + some.agreed,
            found.disagreements + some.disagreements,
            found.hidden + some.hidden,
        )
        advance(min((at + size) / len(entered.documents), 1.0))
    # where everything is hidden, it says so in its own words
    return standing(project, entered.coders) if len(found.hidden) == len(entered.documents) else found


def read_again(project: Project, stands: Standing, document_id: str) -> Standing:
    """The same with one interview read anew, after something was decided there."""
    there = [document for document in stands.entered.documents if document.id == document_id]
    fresh = _read(project, stands.entered, there)
    return Standing(
        replace(stands.entered, done=frozenset(_done(project))),
        _by_interview(stands, stands.agreed, fresh.agreed, document_id),
        _by_interview(stands, stands.disagreements, fresh.disagreements, document_id),
        tuple(one for one in stands.hidden if one.id != document_id) + fresh.hidden,
    )


def _read(project: Project, entered: Entering, there: Collection[Document]) -> Standing:
    try:
        found = standing(project, entered.coders, names=[document.name for document in there])
    except NotAllowed:
        # they enter, so that they can only be hidden
        return Standing(entered, (), (), tuple(there))
    ids = {document.id for document in there}  # a name with a * in it means others too
    return Standing(
        found.entered,
        tuple(one for one in found.agreed if one.document.id in ids),
        tuple(one for one in found.disagreements if one.document.id in ids),
        tuple(one for one in found.hidden if one.id in ids),
    )


def _done(project: Project) -> Iterable[tuple[str, str]]:
    return (key for key, status in documents.statuses(project).items() if status == "done")


def _by_interview(
    stands: Standing, before: Sequence[Compared], fresh: Sequence[Compared], document_id: str
) -> tuple[Compared, ...]:
    order = {document.id: number for number, document in enumerate(stands.entered.documents)}
    kept = [one for one in before if one.document.id != document_id]
    return tuple(sorted([*kept, *fresh], key=lambda one: order[one.document.id]))


# What is shown of it


@dataclass
class Review:
    """The disagreements of a project as somebody goes through them: which are shown, and which come next."""

    stands: Standing | None = None
    view: str = "all"
    code: str = ""
    document_id: str = ""
    _shown: list[Compared] | None = field(default=None, repr=False)

    def take(self, stands: Standing | None) -> None:
        """Go through these from now on; limits stay where they leave anything."""
        self.stands, self._shown = stands, None
        found = stands.disagreements if stands is not None else ()
        if all(one.code != self.code for one in found):
            self.code = ""
        if all(one.document.id != self.document_id for one in found):
            self.document_id = ""

    def limit(self, *, view: str | None = None, code: str | None = None, document_id: str | None = None) -> None:
        """Show only these from now on; what is not given stays, and empty means all."""
        self.view = self.view if view is None else view
        self.code = self.code if code is None else code
        self.document_id = self.document_id if document_id is None else document_id
        self._shown = None

    @property
    def limited(self) -> list[Compared]:
        """The disagreements of the code and the interview that are asked for, open and decided."""
        found = self.stands.disagreements if self.stands is not None else ()
        return [one for one in found if self.code in ("", one.code) and self.document_id in ("", one.document.id)]

    @property
    def shown(self) -> list[Compared]:
        """The disagreements that are asked for, by interview and place."""
        if self._shown is None:
            wanted = {"open": (False,), "decided": (True,)}.get(self.view, (False, True))
            self._shown = [one for one in self.limited if (one.decided is not None) in wanted]
        return self._shown

    @property
    def left(self) -> int:
        """How many nobody has decided, whatever is shown."""
        return len(self.stands.open) if self.stands is not None else 0

    def next_open(self, key: str, by: int = 1) -> Compared | None:
        """The next (1) or previous (-1) open one that is shown after the one called `key`; then around the corner."""
        shown = self.shown if by > 0 else self.shown[::-1]
        at = next((number for number, one in enumerate(shown) if one.id == key), -1)
        return next((one for one in [*shown[at + 1 :], *shown[: max(at, 0)]] if one.decided is None), None)

    def per_code(self) -> list[tuple[str, int, int]]:
        """Each code that coders differ on in the interviews asked for: how many are open, and how many there are."""
        return self._counted(lambda one: one.code, lambda one: self.document_id in ("", one.document.id))

    def per_interview(self) -> list[tuple[str, int, int]]:
        """The same for each interview, by its id, with the code asked for."""
        return self._counted(lambda one: one.document.id, lambda one: self.code in ("", one.code))

    def _counted(
        self, part: Callable[[Compared], str], wanted: Callable[[Compared], bool]
    ) -> list[tuple[str, int, int]]:
        found = [one for one in (self.stands.disagreements if self.stands is not None else ()) if wanted(one)]
        still = Counter(part(one) for one in found if one.decided is None)
        return [(name, still[name], n) for name, n in Counter(part(one) for one in found).items()]


# In words


def state_name(one: Compared) -> str:
    """How far a disagreement has come, in words."""
    return {
        OPEN: _("open"),
        DECIDED: _("decided"),
        CHANGED: _("open again: codings changed since"),
        DISPUTED: _("open: decided differently in two copies"),
    }[state(one)]


def outcome_name(decision: Adjudication) -> str:
    """What was decided, in words."""
    return {
        "one": _("as {coder}").format(coder=decision.side),
        "both": _("both"),
        "neither": _("neither"),
        "other": _("other"),
    }[decision.outcome]


def directions(one: Compared) -> str:
    """What each coder has: `A ▲  B –`."""
    parts = []
    for coder, side in zip(one.coders, one.sides, strict=True):
        signs = "".join(dict.fromkeys(made.valence.sign for made in side)) or "–"
        parts.append(f"{coder} {signs}")
    return "  ".join(parts)


def with_sign(valence: Valence) -> str:
    """A direction with its sign."""
    return f"{valence.sign} {valence_name(valence)}"


# How far coders agree


@dataclass(frozen=True)
class Figures:
    """Krippendorff's alpha by sentences, all codes together; None is undefined.

    `before` is that of the coders with each other, the mean over pairs where there are more than two; `after` that of
    each with the consensus layer, in the `complete` interviews; none where there are none. `before` is then of the same
    interviews. `taken_over` says whether the consensus layer has all that coders agree on.
    """

    before: float | None
    after: tuple[tuple[str, float | None], ...]
    complete: int
    of: int
    taken_over: bool


def figures(project: Project, stands: Standing) -> Figures:
    """Agreement now, and with what was decided; interviews that are hidden stay out of it."""
    hidden = {document.id for document in stands.hidden}
    visible = tuple(one for one in stands.entered.documents if one.id not in hidden)
    entered = replace(stands.entered, documents=visible)
    complete = sum((one.id, CONSENSUS) in entered.done for one in visible)
    taken_over = adjudications.is_taken_over(project, [one.question for one in stands.agreed])
    question = Question(measures=(_MEASURE,), bootstrap=0)
    if not complete:
        names = [document.name for document in visible]
        rows = agreement.agreement_of(project, question, coders=entered.coders, names=names).rows
        return Figures(_value(rows[0][_MEASURE]), (), 0, len(visible), taken_over)
    rows = agreement.before_and_after(project, replace(stands, entered=entered), question).rows
    pairs = len(list(combinations(entered.coders, 2)))
    among = [value for row in rows[:pairs] if (value := _value(row[_MEASURE])) is not None]
    after = tuple((str(row["first"]), _value(row[_MEASURE])) for row in rows[pairs:])
    return Figures(sum(among) / len(among) if among else None, after, complete, len(visible), taken_over)


def _value(cell: object) -> float | None:
    return float(cell) if isinstance(cell, (int, float)) else None


def alpha(value: float | None) -> str:
    """A coefficient with two decimals, as the language in use writes them; a dash where it is undefined."""
    if value is None:
        return "–"
    return with_decimal_sign(f"{value:.2f}".replace("-", "−"))
