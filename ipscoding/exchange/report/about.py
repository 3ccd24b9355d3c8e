"""The parts of a report on the study and its informants."""

from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from statistics import median

from ipscoding.analysis.hiding import MARK
from ipscoding.analysis.names import natural, role_group
from ipscoding.analysis.suppression import Entry, Sum, protected
from ipscoding.domain import CONSENSUS, Informant, clock_time
from ipscoding.exchange.prose import Block, Facts, Grid, Paragraph
from ipscoding.exchange.pseudonyms import caller
from ipscoding.exchange.report.study import Study
from ipscoding.exchange.report.words import counted, listed
from ipscoding.i18n import _, ngettext
from ipscoding.project import coders, documents

_MANY = 12
"""Of an attribute with more values than this, only how many there are is told."""


def study_part(study: Study) -> Iterator[Block]:
    """What was studied, in numbers."""
    there = study.documents
    facts = [
        (_("Interviews"), interviews_in_words(study)),
        (_("Informants"), informants_in_words(study)),
        (_("Dates of the interviews"), dates_in_words(study)),
        (_("Said by informants"), _("{n} words").format(n=counted(sum(document.words for document in there)))),
        (_("Length of the recordings"), duration_in_words(study)),
        (_("Languages"), _tally([document.language for document in there], str, study.wanted.min_cell)),
        (
            _("Sites"),
            _tally([person.attributes.get("site", "") for person in study.people], str, study.wanted.min_cell),
        ),
        (_("Codebook"), codebook_in_words(study)),
        (_("Coders"), _coders(study)),
        (_("Codings"), codings_in_words(study)),
    ]
    yield Facts(tuple((name, text) for name, text in facts if text))
    if study.material.query.text:
        yield Paragraph(_("Only what this query asks for: {query}").format(query=study.material.query.text), quiet=True)


def informants_part(study: Study) -> Iterator[Block]:
    """Who was interviewed: each of them, or where figures are hidden only how many of each kind."""
    if not study.people:
        yield Paragraph(_("Nobody has been interviewed yet."))
        return
    yield _roles(study)
    if study.wanted.min_cell:
        yield from _kinds(study)
        yield Paragraph(
            _(
                "One row for each informant is left out, and {mark} stands where fewer than {n} would be told of, or "
                "where that could be worked out."
            ).format(mark=MARK, n=study.wanted.min_cell),
            quiet=True,
        )
    else:
        yield _each(study)
        yield Paragraph(
            _(
                "A row of this table can identify somebody. Before the report leaves the team, write it with "
                "--min-cell 3, or without this part."
            ),
            quiet=True,
        )


def interviews_in_words(study: Study) -> str:
    """How many interviews, and how many of them somebody is done with."""
    n, done = len(study.documents), sum(bool(by) for by in study.done_by.values())
    said = ngettext("{n} interview", "{n} interviews", n).format(n=counted(n))
    return said + ", " + _("{n} of them coded to the end by somebody").format(n=counted(done)) if n else said


def informants_in_words(study: Study) -> str:
    """How many informants, and of which roles."""
    n = len(study.people)
    said = ngettext("{n} informant", "{n} informants", n).format(n=counted(n))
    roles = _tally([person.role for person in study.people], role_group)
    return f"{said}: {roles}" if any(person.role for person in study.people) else said


def dates_in_words(study: Study) -> str:
    """From which day to which, and how many have none."""
    dates = sorted(document.date for document in study.documents if document.date)
    if not dates:
        return _("none recorded") if study.documents else ""
    said = dates[0] if dates[0] == dates[-1] else _("{first} to {last}").format(first=dates[0], last=dates[-1])
    missing = len(study.documents) - len(dates)
    return said + (", " + _("{n} without a date").format(n=counted(missing)) if missing else "")


def duration_in_words(study: Study) -> str:
    """How long the recordings are, of the interviews that have times; empty where none has."""
    known = documents.recorded(study.project)
    lengths = sorted(known[document.id] for document in study.documents if document.id in known)
    if not lengths:
        return ""
    said = _("{total} in all, median {middle}, from {least} to {most}; of {n} of {all} interviews").format(
        total=clock_time(sum(lengths)),
        middle=clock_time(median(lengths)),
        least=clock_time(lengths[0]),
        most=clock_time(lengths[-1]),
        n=counted(len(lengths)),
        all=counted(len(study.documents)),
    )
    return said + ". " + _("Counted to the last time that stands in each transcript.")


def codebook_in_words(study: Study) -> str:
    """The codebook's name, version and size."""
    book = study.book
    codes = sum(code.codable and not code.retired for code in book.codes)
    domains = len(book.children(None))
    said = ngettext("{n} code in use for coding", "{n} codes in use for coding", codes).format(n=counted(codes))
    tops = ngettext("{n} domain", "{n} domains", domains).format(n=counted(domains))
    version = _("version {version}").format(version=book.version) if book.version else ""
    return ", ".join(part for part in (book.id, version, said, tops) if part)


def codings_in_words(study: Study) -> str:
    """How many codings people made in these interviews, and of how many codes."""
    made = study.everybodys
    used = len({row.code for row in made})
    said = ngettext("{n} coding", "{n} codings", len(made)).format(n=counted(len(made)))
    if study.wanted.min_cell or not made:
        return said
    return said + ", " + ngettext("with {n} code", "with {n} different codes", used).format(n=counted(used))


def _coders(study: Study) -> str:
    there = {row.coder for row in study.everybodys}
    there |= {coder for by in study.done_by.values() for coder in by}
    names = [coder.name for coder in coders.all(study.project) if coder.name in there and coder.name != CONSENSUS]
    return listed(names)


def _tally(values: Sequence[str], name: Callable[[str], str], min_cell: int = 0) -> str:
    counts = _hidden(Counter(value for value in values if value), min_cell)
    return ", ".join(f"{name(value)} ({MARK if n is None else counted(n)})" for value, n in counts.items())


def _hidden(counts: Counter[str], min_cell: int) -> dict[str, int | None]:
    """The counts in order; None where they are hidden, so that none follows from how many there are in all."""
    values: dict[Entry, int] = {(value,): n for value, n in counts.items()}
    few = {entry for entry, n in values.items() if n < min_cell}
    whole = Sum("all", tuple(values))
    unseen = protected({**values, "all": counts.total()}, [whole], few) if few else set()
    if len(unseen) == 1 and "all" not in unseen:
        # a single value that rests on few: there is nothing to hide it among, and it is what all of them have
        unseen |= set(values)
    ordered = sorted(counts, key=natural)
    return {value: None if (value,) in unseen else counts[value] for value in ordered}


def _roles(study: Study) -> Grid:
    interviews = study.material.interviews
    rows = []
    for (role,), group in sorted(interviews.groups(["role"]).items(), key=lambda one: natural(role_group(one[0][0]))):
        words = "–" if group.words is None else counted(group.words)
        rows.append((role_group(role), counted(group.informants), counted(group.documents), words))
    whole = interviews.whole()
    words = "–" if whole.words is None else counted(whole.words)
    rows.append((_("All informants"), counted(whole.informants), counted(whole.documents), words))
    titles = (_("Role"), _("Informants"), _("Interviews"), _("Words"))
    return Grid(_("Informants by role"), titles, tuple(rows), frozenset((1, 2, 3)))


def _attributes(people: Sequence[Informant]) -> list[str]:
    return sorted({name for person in people for name, value in person.attributes.items() if value}, key=natural)


def _kinds(study: Study) -> Iterator[Grid]:
    for name in _attributes(study.people):
        counts = Counter(person.attributes.get(name, "") or _("not recorded") for person in study.people)
        if len(counts) > _MANY:
            continue
        told = _hidden(counts, study.wanted.min_cell)
        rows = tuple((value, MARK if n is None else counted(n)) for value, n in told.items())
        caption = _("Informants by {attribute}").format(attribute=name)
        yield Grid(caption, (name, _("Informants")), rows, frozenset((1,)))


def _each(study: Study) -> Grid:
    call = caller(study.project, study.wanted.pseudonyms)
    names = _attributes(study.people)
    # a pseudonym tells the role already
    with_role = study.wanted.pseudonyms == "name"
    words: Counter[str] = Counter()
    for document in study.documents:
        words[document.informant] += document.words
    rows = [
        (
            call(person.name),
            *((role_group(person.role) if person.role else "–",) if with_role else ()),
            *(person.attributes.get(name, "") or "–" for name in names),
            counted(words[person.name]) if person.name in words else "–",
        )
        for person in study.people
    ]
    rows.sort(key=lambda row: natural(row[0]))
    titles = (_("Informant"), *((_("Role"),) if with_role else ()), *names, _("Words in own interviews"))
    return Grid(_("The informants"), titles, tuple(rows), frozenset((len(titles) - 1,)))
