"""Coded passages: which are seen, how they stand in groups, how many there are. Knows no widget."""

from collections import Counter
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field

from ipscoding.analysis.answering import needs_breaks
from ipscoding.analysis.names import role_group
from ipscoding.analysis.query import parse
from ipscoding.analysis.select import select
from ipscoding.domain import Codebook, Excerpt, Valence
from ipscoding.i18n import _, ngettext
from ipscoding.project import Project, codebooks, documents, excerpts, informants, journal
from ipscoding.tui.entries import Heading, PassageEntry
from ipscoding.tui.words import valence_name

ATTRIBUTE = "attribute:"
"""What the names of the limits by an informant's attribute begin with."""


def value_of(excerpt: Excerpt, limit: str) -> str:
    """What an excerpt has where a limit asks."""
    if limit.startswith(ATTRIBUTE):
        return excerpt.attributes.get(limit.removeprefix(ATTRIBUTE), "")
    return str(getattr(excerpt, limit))


def limit_name(limit: str) -> str:
    """What a limit is called."""
    names = {"role": _("Role"), "valence": _("Direction"), "coder": _("Coder"), "document": _("Interview")}
    return names.get(limit, limit.removeprefix(ATTRIBUTE))


def value_name(limit: str, value: str) -> str:
    """What a value of a limit is called."""
    if limit == "role":
        return role_group(value)
    if limit == "valence":
        return f"{Valence(value).sign} {valence_name(Valence(value))}"
    return value or _("not given")


@dataclass
class Asked:
    """Which passages are wanted; kept while somebody looks at one in its interview.

    `code`: a code or a domain with all below it, empty for all; `limits`: the values that will do, by what they are
    of (`role`, `valence`, `coder`, `document`, `attribute:NAME`); `where`: a query besides.
    """

    code: str = ""
    limits: dict[str, frozenset[str]] = field(default_factory=dict)
    context: int = 1
    current: str = ""
    marked: set[str] = field(default_factory=set)
    where: str = ""

    def of_code(self, rows: Iterable[Excerpt], codebook: Codebook) -> list[Excerpt]:
        """Those of `rows` that have the code, whatever the limits."""
        if not self.code:
            return list(rows)
        wanted = {code.id for code in codebook.under(self.code)} | {self.code}
        return [row for row in rows if row.code in wanted]

    def within(self, rows: Iterable[Excerpt], *, but: str = "") -> list[Excerpt]:
        """Those of `rows` that keep all limits, `but` one."""
        limits = [(limit, values) for limit, values in self.limits.items() if values and limit != but]
        return [row for row in rows if all(value_of(row, limit) in values for limit, values in limits)]


def choices(rows: Sequence[Excerpt], asked: Asked) -> dict[str, Counter[str]]:
    """What the passages can be limited to: for each limit its values, with how many passages the others leave."""
    attributes = sorted({ATTRIBUTE + name for row in rows for name in row.attributes})
    found = {}
    for limit in ("role", "valence", "coder", "document", *attributes):
        left = Counter(value_of(row, limit) for row in asked.within(rows, but=limit))
        for value in {value_of(row, limit) for row in rows} | asked.limits.get(limit, frozenset()):
            left.setdefault(value, 0)
        found[limit] = left
    return {limit: values for limit, values in found.items() if len(values) > 1 or asked.limits.get(limit)}


def counted(rows: Iterable[Excerpt]) -> str:
    """How many passages, interviews and informants there are, in words."""
    rows = list(rows)
    places = len({row.document_id for row in rows})
    people = len({row.informant for row in rows if row.informant})
    parts = [
        ngettext("{n} passage", "{n} passages", len(rows)).format(n=len(rows)),
        ngettext("{n} interview", "{n} interviews", places).format(n=places),
        ngettext("{n} informant", "{n} informants", people).format(n=people),
    ]
    return " · ".join(parts)


def in_order(rows: Iterable[Excerpt]) -> dict[str, dict[str, list[Excerpt]]]:
    """The passages by role (those without one last), then by interview, then by place."""
    found: dict[str, dict[str, list[Excerpt]]] = {}
    for row in sorted(rows, key=lambda row: (not row.role, row.role)):
        found.setdefault(row.role, {}).setdefault(row.document_id, []).append(row)
    return found


class Texts:
    """The interviews' texts, read when they are first asked for."""

    def __init__(self, project: Project) -> None:
        self._project = project
        self._texts: dict[str, str] = {}

    def __call__(self, document_id: str) -> str:
        """The text of an interview. Raises `NotFound`."""
        if document_id not in self._texts:
            self._texts[document_id] = documents.text(self._project, document_id)
        return self._texts[document_id]

    def forget(self) -> None:
        """Read them again the next time."""
        self._texts.clear()


class Rows:
    """The rows of the list; a passage that says what it said before keeps its row, wrapped as it is."""

    def __init__(self, texts: Callable[[str], str], coder: str) -> None:
        self._texts = texts
        self._coder = coder
        self._known: dict[str, tuple[Excerpt, int, bool, str, str, PassageEntry]] = {}
        self.marks: Mapping[str, str] = {}
        """What is marked as worth quoting (`yes`) or never to be quoted (`no`), by coding."""

    def of(
        self, rows: Iterable[Excerpt], colours: Mapping[str, str], *, context: int, named: bool
    ) -> list[Heading | PassageEntry]:
        """The rows of `rows` under headings by role and interview."""
        found: list[Heading | PassageEntry] = []
        for role, by_document in in_order(rows).items():
            found.append(Heading(role_group(role), counted(row for inside in by_document.values() for row in inside)))
            for inside in by_document.values():
                first = inside[0]
                who = first.informant if first.informant.casefold() != first.document.casefold() else ""
                found.append(Heading(first.document, f"{who} ({len(inside)})".strip(), depth=1))
                found += [self._entry(row, colours, context, named) for row in inside]
        return found

    def _entry(self, row: Excerpt, colours: Mapping[str, str], context: int, named: bool) -> PassageEntry:
        known, colour = self._known.get(row.coding_id), colours.get(row.code, "")
        mark = self.marks.get(row.coding_id, "")
        if known is not None and known[:5] == (row, context, named, colour, mark):
            return known[5]
        entry = PassageEntry(
            row,
            self._texts,
            context=context,
            colour=colour,
            mine=row.coder == self._coder,
            named=named,
            quotable=mark,
        )
        self._known[row.coding_id] = (row, context, named, colour, mark, entry)
        return entry

    def forget(self) -> None:
        """Make all rows anew."""
        self._known.clear()


def read(project: Project) -> list[Excerpt]:
    """All coded passages of the project, by interview and place."""
    return list(excerpts.rows(project))


def asked_for(project: Project, rows: Sequence[Excerpt], where: str) -> list[Excerpt]:
    """Those of `rows` that a query asks for. Raises `QueryProblem` for one that cannot be answered."""
    query = parse(where)
    found = select(
        rows,
        query,
        documents=documents.all(project),
        informants=informants.all(project),
        codebook=codebooks.load(project),
        coders=journal.coders(project),
        breaks=documents.breaks(project) if needs_breaks(query) else None,
    )
    return list(found)
