"""What a query means for the rows of a project: which interviews, codes and coders it leaves, and which codings.

Names are looked up first, all of them, so that a slip of the pen is told and not answered with nothing. What is then
asked of each coding is cheap: there may be a hundred thousand.
"""

import re
import unicodedata
from bisect import bisect_left, bisect_right
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass, field, replace
from datetime import date
from typing import TypeVar

from ipscoding.analysis.names import codes_matching, matching
from ipscoding.analysis.nearness import Breaks, Nearness, Reach, nearness
from ipscoding.analysis.query import ATTRIBUTE, Query, QueryProblem, Term, Value, unknown_field
from ipscoding.codebook.informants import shipped_scheme
from ipscoding.domain import ORIGINS, Codebook, Document, Excerpt, Informant, Valence, valence_meant
from ipscoding.errors import NotFound
from ipscoding.i18n import N_, _

_STATUSES = ("coding", "done")
_STRENGTHS = ("1", "2")
_DATE = re.compile(r"\d{4}(-\d\d(-\d\d)?)?")
_DEFAULT_NEARNESS = "turn"

Test = Callable[[Excerpt], bool]
Found = TypeVar("Found")


@dataclass(frozen=True, slots=True)
class About:
    """What a query can ask of an interview; `attributes` are those of the document and of its informant."""

    documents: tuple[str, str]
    informant: str
    role: str
    language: str
    date: str
    attributes: Mapping[str, str] = field(default_factory=dict)


@dataclass
class Names:
    """What there is to ask for: in the project, whether coded or not, and in the rows.

    `codes` are those in the rows, `domains` are by code.
    """

    codebook: Codebook | None = None
    interviews: dict[str, About] = field(default_factory=dict)
    codes: set[str] = field(default_factory=set)
    domains: dict[str, str] = field(default_factory=dict)
    roles: set[str] = field(default_factory=set)
    informants: set[str] = field(default_factory=set)
    coders: set[str] = field(default_factory=set)
    attributes: dict[str, set[str]] = field(default_factory=dict)

    def note(self, about: About) -> About:
        """Let what `about` says be known."""
        self.roles.add(about.role)
        self.informants.add(about.informant)
        for name, value in about.attributes.items():
            self.attributes.setdefault(name, set()).add(value)
        return about

    def of(self, row: Excerpt) -> About:
        """The interview of a row: as the documents have it, else as the row has it."""
        known = self.interviews.get(row.document_id)
        if known is not None and (row.informant == known.informant or not row.informant):
            return known
        attributes = {**(known.attributes if known else {}), **row.attributes}
        language, day = (known.language, known.date) if known else ("", "")
        return About((row.document, row.document_id), row.informant, row.role, language, day, attributes)


def names_in(
    excerpts: Iterable[Excerpt],
    documents: Iterable[Document] = (),
    informants: Iterable[Informant] = (),
    codebook: Codebook | None = None,
    coders: Iterable[str] = (),
) -> Names:
    """What can be asked for: of documents and informants whether coded or not, and of the excerpts beside that."""
    names = Names(codebook, coders=set(coders))
    people = {person.name: person for person in informants}
    for person in people.values():
        names.note(About(("", ""), person.name, person.role, "", "", person.attributes))
    for document in documents:
        found = people.get(document.informant)
        attributes = {**document.attributes, **(found.attributes if found else {})}
        role = (found.role if found else "") or document.role
        about = About(
            (document.name, document.id), document.informant, role, document.language, document.date, attributes
        )
        names.interviews[document.id] = names.note(about)
    if codebook is not None:
        names.domains = {code.id: codebook.path(code.id)[0].id for code in codebook.codes}
    seen = set()
    for row in excerpts:
        names.codes.add(row.code)
        names.domains[row.code] = row.domain
        names.coders.add(row.coder)
        key = (row.document_id, row.informant)
        if key not in seen:
            seen.add(key)
            about = names.note(names.of(row))
            names.interviews.setdefault(row.document_id, about)
    return names


@dataclass
class Answer:
    """What a query leaves. None stands for all.

    `codes` and `coders` are names; `tests` are what is asked of each coding beside its interview, code and coder.
    """

    names: Names
    codes: frozenset[str] | None = None
    coders: frozenset[str] | None = None
    tests: list[Test] = field(default_factory=list)
    of_interviews: list[Callable[[About], bool]] = field(default_factory=list)
    nears: list[tuple[frozenset[str], bool]] = field(default_factory=list)
    near: Nearness = field(default_factory=lambda: nearness(_DEFAULT_NEARNESS))
    breaks: Breaks | None = None

    def documents(self, documents: Iterable[Document]) -> list[Document]:
        """The documents whose interview the query leaves."""
        if not self.of_interviews:
            return list(documents)
        return [document for document in documents if self._leaves(self.names.interviews[document.id])]

    def _leaves(self, about: About) -> bool:
        return all(test(about) for test in self.of_interviews)

    def keep(self, excerpts: Iterable[Excerpt]) -> Iterator[Excerpt]:
        """The excerpts that the query asks for, in their order; what they are near is looked for among all given."""
        rows = list(excerpts) if self.nears else excerpts
        tests = self._tests(rows)
        for name, wanted in (("code", self.codes), ("coder", self.coders)):
            if wanted is not None:
                tests.insert(0, _among(name, wanted))
        interviews: dict[tuple[str, str], bool] = {}
        for row in rows:
            if self.of_interviews:
                key = (row.document_id, row.informant)
                left = interviews.get(key)
                if left is None:
                    left = interviews[key] = self._leaves(self.names.of(row))
                if not left:
                    continue
            if all(test(row) for test in tests):
                yield row

    def chosen(self, excerpts: Collection[Excerpt]) -> frozenset[str] | None:
        """The ids of the codings that pass `tests` and stand near what is asked, whatever their interview or code.

        None where the query does not choose among codings.
        """
        tests = self._tests(excerpts)
        return frozenset(row.coding_id for row in excerpts if all(test(row) for test in tests)) if tests else None

    def _tests(self, rows: Iterable[Excerpt]) -> list[Test]:
        return [*self.tests, *(_beside(rows, codes, self.near, self.breaks, no) for codes, no in self.nears)]


def needs_breaks(query: Query) -> bool:
    """Whether a query asks for what only those can tell who know where turns and sentences begin."""
    if not query.of("near"):
        return False
    within = query.of("within")
    return not within or within[0].names[0] not in ("passage", "overlap", "document")


def answer(query: Query, names: Names, breaks: Breaks | None = None) -> Answer:
    """What `query` leaves of the rows that `names` are of; `breaks` where it needs them (see `needs_breaks`).

    Raises `QueryProblem`, which points at the word, for what does not exist or cannot be read as a date or a number;
    `NotFound` where an option and not a query named it.
    """
    found = Answer(names, breaks=breaks)
    for term in query.of("within"):
        found.near = _pointed(query, term.values[0], lambda: nearness(term.names[0]))  # noqa: B023
    for term in query.terms:
        _READERS.get(term.field, _attribute)(found, query, term)
    return found


def _among(name: str, wanted: Collection[str]) -> Test:
    index = Excerpt._fields.index(name)
    return lambda row: row[index] in wanted


def _pointed(query: Query, value: Value, find: Callable[[], Found]) -> Found:
    """What `find` gives; where it finds nothing, an error that points at the word if there is one to point at."""
    try:
        return find()
    except NotFound as error:
        if value.start < 0:
            raise
        raise QueryProblem(error.what, error.hint, query.text, value.start, value.end) from None


def _as_known(term: Term, known: Collection[str], meant: Callable[[str], str | None]) -> Term:
    """The term with what people call things (`meant`) in place of what is not called so here."""

    def called(value: Value) -> Value:
        word = meant(value.text)
        return replace(value, text=word) if word in known and word and value.text not in known else value

    return replace(term, values=tuple(map(called, term.values)))


def _looked_up(query: Query, term: Term, known: Collection[str], what: str) -> set[str]:
    """The `known` names that the term allows; `*` alone stands for any that is not empty."""
    there = {name for name in known if name}
    if term.start < 0:
        return matching(term.names, there, what)
    found: set[str] = set()
    for value in term.values:
        if value.text == "*":
            found |= there
        else:
            found |= _pointed(query, value, lambda: matching([value.text], there, what))  # noqa: B023
    return found


def _narrowed(now: frozenset[str] | None, term: Term, found: Collection[str], every: Collection[str]) -> frozenset[str]:
    """What was left, and of that what a further term leaves."""
    left = frozenset(every) - frozenset(found) if term.negated else frozenset(found)
    return left if now is None else now & left


def _every_code(names: Names) -> set[str]:
    return names.codes | set(names.codebook.by_id if names.codebook else ())


def _codes(found: Answer, query: Query, term: Term) -> frozenset[str]:
    names, codes = found.names, set[str]()
    if term.start < 0:
        return frozenset(codes_matching(term.names, names.codebook, names.codes))
    for value in term.values:
        codes |= _pointed(query, value, lambda: codes_matching([value.text], names.codebook, names.codes))  # noqa: B023
    return frozenset(codes)


def _code(found: Answer, query: Query, term: Term) -> None:
    found.codes = _narrowed(found.codes, term, _codes(found, query, term), _every_code(found.names))


def _domain(found: Answer, query: Query, term: Term) -> None:
    names = found.names
    tops = _looked_up(query, term, set(names.domains.values()), _("No such domain"))
    codes = {code for code, top in names.domains.items() if top in tops}
    found.codes = _narrowed(found.codes, term, codes, _every_code(names))


def _coder(found: Answer, query: Query, term: Term) -> None:
    coders = _looked_up(query, term, found.names.coders, _("No such coder"))
    found.coders = _narrowed(found.coders, term, coders, found.names.coders)


def _near(found: Answer, query: Query, term: Term) -> None:
    found.nears.append((_codes(found, query, term), term.negated))


def _within(_found: Answer, _query: Query, _term: Term) -> None:
    """Read before the others."""


def _role(found: Answer, query: Query, term: Term) -> None:
    roles = found.names.roles
    wanted = _looked_up(query, _as_known(term, roles, shipped_scheme().role), roles, _("No such role"))
    found.of_interviews.append(lambda about: (about.role in wanted) != term.negated)


def _of_known(name: str, known: Callable[[Names], Collection[str]], what: str) -> Callable[[Answer, Query, Term], None]:
    """A term about interviews whose values are names."""

    def read(found: Answer, query: Query, term: Term) -> None:
        wanted = _looked_up(query, term, known(found.names), _(what))
        found.of_interviews.append(lambda about: (getattr(about, name) in wanted) != term.negated)

    return read


def _document(found: Answer, query: Query, term: Term) -> None:
    known = {name for about in found.names.interviews.values() for name in about.documents}
    wanted = _looked_up(query, term, known, _("No such document"))
    found.of_interviews.append(lambda about: (not wanted.isdisjoint(about.documents)) != term.negated)


def _attribute(found: Answer, query: Query, term: Term) -> None:
    name, known = term.field.removeprefix(ATTRIBUTE), found.names.attributes
    if name not in known:
        # as in the table of codings, where an attribute that is called like a column is informant_NAME
        plain = name.removeprefix("informant_")
        if plain == name or plain not in known:
            if term.start < 0:
                matching([name], known, _("No such attribute of informants"))
            unknown_field(query, term, known)
        name = plain
    what = _("Attribute “{name}” has no such value").format(name=name)
    wanted = _looked_up(query, term, known[name], what)
    found.of_interviews.append(lambda about: (about.attributes.get(name, "") in wanted) != term.negated)


def _date(found: Answer, query: Query, term: Term) -> None:
    periods = [_period(query, value) for value in term.values]

    def during(about: About) -> bool:
        day = about.date
        return bool(day) and any(
            day[: len(first)] >= first and (not last or day[: len(last)] <= last) for first, last in periods
        )

    found.of_interviews.append(lambda about: during(about) != term.negated)


def _period(query: Query, value: Value) -> tuple[str, str]:
    """The first and the last day, month or year of a period; an empty one is open."""
    if value.text == "*":
        return "", ""
    first, dots, last = value.text.partition("..")
    for part in (first, last) if dots else (first,):
        if part or not dots or value.text == "..":
            _check_date(query, value, part)
    return first, last if dots else first


def _check_date(query: Query, value: Value, text: str) -> None:
    good = _DATE.fullmatch(text) is not None
    if good:
        try:
            date.fromisoformat((text + "-01-01")[:10])
        except ValueError:
            good = False
    if not good:
        query.refuse(_("{text} is not a date").format(text=value.text), _("Write 2026-01-31, 2026-01 or 2026"), value)


def _after(found: Answer, query: Query, term: Term) -> None:
    _when(found, query, term, after=True)


def _before(found: Answer, query: Query, term: Term) -> None:
    _when(found, query, term, after=False)


def _when(found: Answer, query: Query, term: Term, *, after: bool) -> None:
    for value in term.values:
        _check_date(query, value, value.text)
    # what is true of any of several dates is true of the widest
    bound = min(term.names) if after else max(term.names)
    wanted = after != term.negated
    found.tests.append(lambda row: (row.coded_at >= bound) == wanted)


def _field_of(
    name: str, known: Collection[str], what: str, meant: Callable[[str], str | None] = str
) -> Callable[[Answer, Query, Term], None]:
    """A term about codings with few values that are known beforehand."""
    index = Excerpt._fields.index(name)

    def read(found: Answer, query: Query, term: Term) -> None:
        wanted = _looked_up(query, _as_known(term, known, meant), known, _(what))
        found.tests.append(lambda row: (("" if row[index] is None else str(row[index])) in wanted) != term.negated)

    return read


def _words_in(name: str) -> Callable[[Answer, Query, Term], None]:
    """A term about words that stand in a text."""
    index = Excerpt._fields.index(name)

    def read(found: Answer, _query: Query, term: Term) -> None:
        if term.names == ("*",):
            found.tests.append(lambda row: bool(row[index]) != term.negated)
            return
        search = re.compile("|".join(map(_wording, term.names)), re.IGNORECASE).search
        found.tests.append(lambda row: (search(str(row[index])) is not None) != term.negated)

    return read


def _wording(words: str) -> str:
    """A pattern for whole words, whatever stands between them; `*` stands for any letters."""
    parts = unicodedata.normalize("NFC", words).split()
    return r"(?<!\w)" + r"\W+".join(r"\w*".join(map(re.escape, part.split("*"))) for part in parts) + r"(?!\w)"


def _beside(
    rows: Iterable[Excerpt], codes: frozenset[str], near: Nearness, breaks: Breaks | None, negated: bool
) -> Test:
    """Whether another coding of one of `codes` by the same coder stands near."""
    reach = near.reach(breaks)
    lines: dict[tuple[str, str], list[tuple[Reach, str]]] = {}
    for row in rows:
        if row.code in codes and row.end > row.start:
            covered = reach(row.document_id, row.start, row.end)
            lines.setdefault((row.document_id, row.coder), []).append((covered, row.coding_id))
    for line in lines.values():
        line.sort()
    longest = {key: max(last - first for (first, last), _id in line) for key, line in lines.items()}

    def test(row: Excerpt) -> bool:
        key = (row.document_id, row.coder)
        line = lines.get(key)
        if line is None or row.end <= row.start:
            return negated
        own = reach(row.document_id, row.start, row.end)
        # who begins earlier than this cannot reach here; who begins later than that is out of reach
        first = bisect_left(line, ((own[0] - longest[key] - near.sentences, 0), ""))
        last = bisect_right(line, ((own[1] + near.sentences + 1, 0), ""))
        met = any(other != row.coding_id and near.near(own, covered) for covered, other in line[first:last])
        return met != negated

    return test


_READERS: Mapping[str, Callable[[Answer, Query, Term], None]] = {
    "code": _code,
    "domain": _domain,
    "coder": _coder,
    "near": _near,
    "within": _within,
    "document": _document,
    "role": _role,
    "informant": _of_known("informant", lambda names: names.informants, N_("No such informant")),
    "language": _of_known(
        "language", lambda names: {about.language for about in names.interviews.values()}, N_("No such language")
    ),
    "date": _date,
    "valence": _field_of("valence", [valence.value for valence in Valence], N_("No such direction"), valence_meant),
    "strength": _field_of("strength", _STRENGTHS, N_("No such strength")),
    "origin": _field_of("origin", ORIGINS, N_("No such origin")),
    "status": _field_of("status", _STATUSES, N_("No such status")),
    "after": _after,
    "before": _before,
    "text": _words_in("text"),
    "memo": _words_in("memo"),
}
