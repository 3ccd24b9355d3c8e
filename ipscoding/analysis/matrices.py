"""Codes by document or by informant: one wide row for each case, as R and SPSS want it.

The numbers are those of `ipscoding.analysis.frequencies`: segments after union, without what the
interviewer says.
"""

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Literal

from ipscoding.analysis.answering import answer, names_in
from ipscoding.analysis.coders import whose
from ipscoding.analysis.counting import ANY, Place, Tally, count
from ipscoding.analysis.headings import about
from ipscoding.analysis.interviews import Denominators, Interview, Interviews
from ipscoding.analysis.names import natural
from ipscoding.analysis.nearness import Breaks
from ipscoding.analysis.query import Query, asked
from ipscoding.analysis.question import ask
from ipscoding.analysis.scheme import Scheme
from ipscoding.analysis.table import Cell, Column, Row
from ipscoding.analysis.unions import Speech
from ipscoding.analysis.variables import variable_name
from ipscoding.domain import Codebook, Document, Excerpt, Informant, Span
from ipscoding.i18n import _
from ipscoding.i18n import language as language_in_use

Case = Literal["document", "informant"]
CASES: tuple[Case, ...] = ("document", "informant")
"""What a row can be."""

_ABOUT: Mapping[str, tuple[str, ...]] = {
    "document": ("document", "informant", "role", "language", "date", "words", "status"),
    "informant": ("informant", "role", "documents", "documents_done", "words"),
}


@dataclass(frozen=True, slots=True)
class CodeVariable:
    """What the column of a code counts: all its segments, or those on one side (`barrier`, `facilitator`)."""

    code: str
    side: str = ""


@dataclass(frozen=True, slots=True)
class Matrix:
    """A table whose columns are facts about the case, attributes of informants, and codes, in this order.

    `attributes` and `codes` say by name what the columns of the latter two are.
    """

    columns: list[Column]
    rows: list[Row]
    notes: list[str]
    attributes: Mapping[str, str] = field(default_factory=dict)
    codes: Mapping[str, CodeVariable] = field(default_factory=dict)


def matrix(
    excerpts: Iterable[Excerpt],
    documents: Iterable[Document],
    informants: Iterable[Informant],
    codebook: Codebook,
    *,
    case: Case = "document",
    binary: bool = False,
    by_valence: bool = False,
    coders: Collection[str] | None = None,
    pooled: bool = False,
    codes: Collection[str] = (),
    where: str | Query = "",
    speech: Mapping[str, Sequence[Span]] | None = None,
    statuses: Mapping[tuple[str, str], str] | None = None,
    breaks: Breaks | None = None,
    language: str | None = None,
) -> Matrix:
    """How many segments of each code each case has, zeros kept; with `binary` 1 where there is any, else 0.

    Args:
        excerpts: the codings; those of documents that are not in `documents` are left out.
        documents: what was analysed; each, or each person in them, is a case.
        informants: the people on record; their attributes are variables.
        codebook: its active codes each have a variable, used or not, and so have other codes that were used.
        case: what a row is.
        binary: 0 and 1 instead of counts.
        by_valence: beside each code its `_barrier` and `_facilitator`, in each of which a segment that is both counts.
        coders: as in `frequencies`; coders who are counted apart have rows of their own.
        pooled: as in `frequencies`.
        codes: patterns (`org.*`) that limit the variables.
        where: what is asked for, as in `frequencies`: of interviews it chooses the cases, of codes the variables.
        speech: as in `frequencies`.
        statuses: how far each coder has come with each document, by (document id, coder): without it nobody is known
            to be done with anything.
        breaks: as in `frequencies`.
        language: of the labels; None: the one in use.

    Raises `NotFound` for coders or codes that do not exist, `QueryProblem` for what `where` says wrongly.
    """
    rows, every, people = list(excerpts), list(documents), list(informants)
    query = asked(where, codes=codes)
    left = answer(query, names_in(rows, every, people, codebook), breaks)
    interviews = Interviews(left.documents(every), people)
    question = ask((case, "code"), ("segments",), codebook, interviews, pooled=pooled, balance=by_valence)
    who = whose({row.coder for row in rows}, left.coders, coders, pooled=pooled)
    scheme = Scheme(codebook, question.of_codes, {row.code for row in rows}, among=left.codes)
    for row in rows:
        interviews.of(row)  # whoever speaks in a focus group without being on record is a case as well
    counts = count(rows, interviews, question, scheme, who, Speech(speech), left.chosen(rows))

    members: dict[str, list[Interview]] = {}
    for interview in interviews.all:
        members.setdefault(interview.value(case), []).append(interview)
    sizes = interviews.groups((case,))
    order = sorted(members, key=lambda one: natural(interviews.shown(case, one)))
    attributes, variables, columns = _columns(case, interviews, scheme, codebook, by_valence, language)

    made: list[Row] = []
    for coder in [""] if pooled or not who.names else who.names:
        for one in order:
            facts = _about(case, members[one], sizes[one,], coder, statuses or {})
            facts["coder"] = coder or ", ".join(who.names)
            for name, attribute in attributes.items():
                facts[name] = _common(interview.attributes.get(attribute, "") for interview in members[one])
            tallies = {code: counts.cells.get(Place(coder, (one,), (code,), ANY), Tally()) for (code,) in scheme.units}
            for name, variable in variables.items():
                tally = tallies[variable.code]
                n: int = getattr(tally, variable.side or "segments")
                facts[name] = min(n, 1) if binary else n
            made.append(facts)
    notes = [*about(query), *_notes(case, binary, by_valence, who.note, counts.interviewer)]
    return Matrix(columns, made, notes, attributes, variables)


def _columns(
    case: Case, interviews: Interviews, scheme: Scheme, codebook: Codebook, by_valence: bool, language: str | None
) -> tuple[dict[str, str], dict[str, CodeVariable], list[Column]]:
    """The attributes and the codes by the names of their columns, and all columns in order."""
    titles = _titles()
    columns = [
        Column(name, "int" if name in ("words", "documents", "documents_done") else "text", titles[name])
        for name in (*_ABOUT[case], "coder")
    ]
    taken = {column.name for column in columns}

    def named(text: str) -> str:
        name = variable_name(text, taken)
        taken.add(name.lower())
        return name

    attributes = {}
    for attribute in sorted({name for interview in interviews.all for name in interview.attributes}):
        name = named(attribute)
        attributes[name] = attribute
        columns.append(Column(name, "text", attribute))
    variables: dict[str, CodeVariable] = {}
    sides = {"": "", "barrier": _("▼ Barrier"), "facilitator": _("▲ Facilitator")}
    for (code,) in scheme.units:
        label = codebook.by_id[code].name(language or language_in_use()) if code in codebook.by_id else code
        for side in sides if by_valence else ("",):
            name = named(f"{code}_{side}" if side else code)
            variables[name] = CodeVariable(code, side)
            columns.append(Column(name, "int", f"{label} {sides[side]}".strip()))
    return attributes, variables, columns


def _about(
    case: Case,
    members: list[Interview],
    sizes: Denominators,
    coder: str,
    statuses: Mapping[tuple[str, str], str],
) -> dict[str, Cell]:
    role = _common(interview.role for interview in members)
    documents = {interview.document.id: interview.document for interview in members}
    done = sum(statuses.get((document, coder)) == "done" for document in documents) if coder else None
    if case == "informant":
        return {
            "informant": members[0].name,
            "role": role,
            "documents": sizes.documents,
            "documents_done": done,
            "words": sizes.words,
        }
    document = members[0].document
    return {
        "document": document.name,
        "informant": ", ".join(interview.name for interview in members),
        "role": role,
        "language": document.language,
        "date": document.date,
        "words": sizes.words,
        "status": statuses.get((document.id, coder), "not-started") if coder else "",
    }


def _common(values: Iterable[str]) -> str:
    """What all of `values` are; empty where they differ (the people of a focus group)."""
    found = set(values)
    return found.pop() if len(found) == 1 else ""


def _titles() -> dict[str, str]:
    return {
        "document": _("Document"),
        "informant": _("Informant"),
        "role": _("Role"),
        "language": _("Language"),
        "date": _("Date"),
        "words": _("Words"),
        "status": _("Status"),
        "documents": _("Documents"),
        "documents_done": _("Documents done"),
        "coder": _("Coder"),
    }


def _notes(case: Case, binary: bool, by_valence: bool, coders: str, interviewer: int) -> list[str]:
    said = [
        _("A row is an interview.") if case == "document" else _("A row is an informant who was interviewed."),
        coders,
        _("1: the code was used at least once; 0: it was not.")
        if binary
        else _("Numbers are segments: overlapping codings of one code by one coder count once."),
        _("0 means that nothing was coded, also where nobody has coded yet: look at the status."),
    ]
    if by_valence:
        said.append(_("_barrier and _facilitator each hold the segments that are both."))
    if interviewer:
        said.append(_("What the interviewer says is left out."))
    return said
