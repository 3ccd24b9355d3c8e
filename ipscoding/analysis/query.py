"""The one language in which codings are asked for: `code:org.* valence:barrier role:clinician near:per.hope arbeid`.

A query is a row of terms, and all of them must hold. A term is a field, a colon and what it may be, with commas between
them where any will do; a minus in front turns it round. What has no field is looked for in the coded text. Names with
blanks or commas stand in quotation marks. docs/queries.md tells it to users; `answering` applies it.
"""

import re
from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from typing import Never

from ipscoding.analysis.names import hint
from ipscoding.errors import IpscodingError
from ipscoding.i18n import _

OF_INTERVIEWS = ("role", "document", "informant", "language", "date")
"""Fields that choose interviews, as attributes of informants do: denominators follow them."""

OF_CODES = ("code", "domain")
"""Fields that choose codes."""

OF_CODINGS = ("valence", "coder", "strength", "origin", "status", "after", "before", "text", "memo", "near")
"""Fields that choose among the codings of these codes in these interviews."""

FIELDS = (*OF_CODES, *OF_CODINGS, "within", *OF_INTERVIEWS)

ATTRIBUTE = "attribute:"
"""What the field of a term about an attribute of informants begins with."""

_NAME = re.compile(r"([^\W\d][\w.-]*)[:=]")
_CLOSING = {'"': '"', "“": "”", "”": "”", "«": "»", "„": "“"}
_SHOWN = 72


class QueryProblem(IpscodingError):
    """A query that cannot be answered: what is wrong, what to do, and which characters of it are meant.

    `query` is the whole text on one line, `start` and `end` count its characters, the end not included.
    """

    def __init__(self, what: str, hint: str, query: str, start: int, end: int) -> None:
        super().__init__(what, hint)
        self.query = " ".join(re.split(r"[\r\n\t]", query))
        self.start = start
        self.end = max(end, start + 1)

    @property
    def pointer(self) -> str:
        """Two lines: the query, or the part of it around the fault where it is long, and carets under the fault."""
        skipped = max(self.start - _SHOWN // 2, 0) if len(self.query) > _SHOWN else 0
        shown = self.query[skipped : skipped + _SHOWN]
        length = max(min(self.end - skipped, len(shown)) - (self.start - skipped), 1)
        return f"{shown}\n{' ' * (self.start - skipped)}{'^' * length}"

    def __str__(self) -> str:
        return super().__str__() + "\n  " + self.pointer.replace("\n", "\n  ")


@dataclass(frozen=True, slots=True)
class Value:
    """One of the things that a term allows; `start` and `end` say where it stands in the query, -1 if nowhere."""

    text: str
    start: int = -1
    end: int = -1


@dataclass(frozen=True, slots=True)
class Term:
    """One condition: `field` has one of the `values` (`negated`: none of them)."""

    field: str
    values: tuple[Value, ...]
    negated: bool = False
    start: int = -1
    end: int = -1

    @property
    def names(self) -> tuple[str, ...]:
        """The values without their places."""
        return tuple(value.text for value in self.values)


@dataclass(frozen=True, slots=True)
class Query:
    """What is asked: all `terms` hold. `text` is what somebody wrote, empty where options were given instead."""

    text: str = ""
    terms: tuple[Term, ...] = ()

    def of(self, field: str) -> list[Term]:
        """The terms about `field`."""
        return [term for term in self.terms if term.field == field]

    def refuse(self, what: str, hint: str, term: Term | Value) -> Never:
        """Raise the `QueryProblem` that points at `term`."""
        raise QueryProblem(what, hint, self.text, term.start, term.end)

    def only_of_interviews_and_codes(self, what: str) -> None:
        """Raise `QueryProblem` where a term chooses among codings; `what` says, as a sentence, why it may not."""
        for term in self.terms:
            if term.field in OF_CODINGS or term.field == "within":
                self.refuse(what, _("Ask for interviews (role:, document:, site:) and codes here"), term)


def asked(
    where: "str | Query" = "",
    *,
    codes: Collection[str] = (),
    domains: Collection[str] = (),
    valences: Collection[str] = (),
    roles: Collection[str] = (),
    documents: Collection[str] = (),
    informants: Collection[str] = (),
    coders: Collection[str] = (),
    attributes: Mapping[str, Collection[str]] | None = None,
) -> Query:
    """The query `where` with more terms: what options and keywords say, which is the same thing in other words.

    Raises `QueryProblem` where `where` cannot be read.
    """
    query = parse(where) if isinstance(where, str) else where
    given: list[tuple[str, Iterable[str]]] = [
        ("code", codes), ("domain", domains), ("valence", map(str, valences)), ("role", roles),
        ("document", documents), ("informant", informants), ("coder", coders),
    ]  # fmt: skip
    given += [(ATTRIBUTE + name, values) for name, values in (attributes or {}).items()]
    more = [Term(field, tuple(map(Value, values))) for field, values in given]
    return Query(query.text, (*query.terms, *(term for term in more if term.values)))


def parse(text: str) -> Query:
    """The query that `text` says. Fields are not looked up yet: what is none of `FIELDS` is taken for an attribute.

    Raises `QueryProblem` for a quotation mark that is not closed and for what has no value.
    """
    reader = _Reader(text)
    terms = []
    while (term := reader.term()) is not None:
        terms.append(term)
    query = Query(text, tuple(terms))
    _check_within(query)
    return query


def _check_within(query: Query) -> None:
    for term in query.of("within"):
        if term.negated:
            query.refuse(_("“within” cannot be turned round"), _("Leave the minus out"), term)
        if len(term.values) > 1 or len(query.of("within")) > 1:
            query.refuse(_("Only one “within” can hold"), _("Keep one of them"), term)
        if not query.of("near"):
            query.refuse(_("“within” says how near, but nothing says near what"), _("Add near:CODE"), term)


class _Reader:
    """Reads a query from left to right."""

    def __init__(self, text: str) -> None:
        self._text = text
        self._at = 0

    def term(self) -> Term | None:
        """The next term; None at the end."""
        while self._at < len(self._text) and self._text[self._at].isspace():
            self._at += 1
        if self._at == len(self._text):
            return None
        start = self._at
        negated = self._text[start] == "-"
        self._at += negated
        if self._here().isspace() or not self._here():
            self._fail(_("Nothing stands after the minus"), _("Write it right before what is not wanted"), start)
        field = self._field()
        values = [self._value(start)]
        while self._here() == ",":
            self._at += 1
            values.append(self._value(start))
        return Term(field, tuple(values), negated, start, self._at)

    def _here(self) -> str:
        return self._text[self._at : self._at + 1]

    def _field(self) -> str:
        """The field that is named here, else `text`."""
        match = _NAME.match(self._text, self._at)
        if match:
            name, self._at = match[1], match.end()
            return name if name in FIELDS else ATTRIBUTE + name
        if self._here() in _CLOSING and self._here():
            start, name = self._at, self._quoted()
            if self._here() in (":", "="):
                self._at += 1
                return ATTRIBUTE + name
            self._at = start
        return "text"

    def _value(self, term: int) -> Value:
        start = self._at
        if self._here() and self._here() in _CLOSING:
            return Value(self._quoted(), start, self._at)
        while self._here() and not self._here().isspace() and self._here() != ",":
            self._at += 1
        if self._at == start:
            after_comma = self._text[start - 1 : start] == ","
            what = _("A value is missing after the comma") if after_comma else _("A value is missing")
            self._fail(what, _("Write FIELD:VALUE, without blanks: role:patient"), term)
        return Value(self._text[start : self._at], start, self._at)

    def _quoted(self) -> str:
        start = self._at
        end = self._text.find(_CLOSING[self._text[start]], start + 1)
        if end < 0:
            end = self._text.find('"', start + 1)
        if end < 0:
            self._at = len(self._text)
            self._fail(_("A quotation mark is not closed"), _("Put another one at the end of the words"), start)
        self._at = end + 1
        if not self._text[start + 1 : end].strip():
            self._fail(_("Nothing stands between the quotation marks"), _("Write what is looked for"), start)
        return self._text[start + 1 : end]

    def _fail(self, what: str, hint: str, start: int) -> Never:
        raise QueryProblem(what, hint, self._text, start, max(self._at, start + 1))


def unknown_field(query: Query, term: Term, attributes: Collection[str]) -> Never:
    """Raise `QueryProblem` for a term whose field is neither one of `FIELDS` nor of `attributes`, with near names."""
    name = term.field.removeprefix(ATTRIBUTE)
    what = _("There is no field or attribute called “{name}”").format(name=name)
    start = query.text.index(name, term.start)
    query.refuse(what, hint([name], {*FIELDS, *attributes}), Value(name, start, start + len(name)))
