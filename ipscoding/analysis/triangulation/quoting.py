"""Quotes for the rows of a triangulation: what people in the groups asked for say, spread over people."""

from collections.abc import Collection, Iterable, Mapping, Sequence

from ipscoding.analysis.interviews import Interviews
from ipscoding.analysis.quotes import distinct, spread
from ipscoding.analysis.scheme import Scheme
from ipscoding.analysis.table import Cell, Column
from ipscoding.analysis.unions import Speech
from ipscoding.domain import Excerpt, Valence
from ipscoding.i18n import _

Group = tuple[str, ...]
Wanted = tuple[str, str]
"""A row: its code (or domain) and its coder (empty: all together)."""

_SHOWS = {
    "": frozenset(Valence),
    "barrier": frozenset((Valence.BARRIER, Valence.BOTH)),
    "facilitator": frozenset((Valence.FACILITATOR, Valence.BOTH)),
}


def quotes(
    excerpts: Iterable[Excerpt],
    wanted: Collection[Wanted],
    interviews: Interviews,
    scheme: Scheme,
    speech: Speech,
    *,
    dimensions: Sequence[str],
    groups: Collection[Group],
    side: str,
    n: int,
) -> Mapping[Wanted, list[Excerpt]]:
    """At most `n` quotes for each row, as `ipscoding.analysis.quotes.spread` chooses them.

    Only what people in `groups` (values of the `dimensions`) say on the `side` asked for, and no interviewer's words.
    """
    found: dict[Wanted, list[Excerpt]] = {row: [] for row in wanted}
    people: dict[tuple[str, str], bool] = {}
    for row in excerpts:
        if row.valence not in _SHOWS[side]:
            continue
        places = [
            place
            for unit in scheme.targets(row.code)
            for place in ((unit[0], row.coder), (unit[0], ""))
            if place in found
        ]
        if not places:
            continue
        person = (row.document_id, row.informant)
        if person not in people:
            interview = interviews.of(row)
            people[person] = interview is not None and tuple(interview.value(name) for name in dimensions) in groups
        heard = speech.heard(row.document_id, row.start, row.end) if speech.known else not row.interviewer
        if people[person] and heard:
            for place in places:
                found[place].append(row)
    return {place: spread(distinct(several), n) for place, several in found.items()}


def quote_columns(n: int) -> list[Column]:
    """The columns that hold `n` quotes, each with who says it and where."""
    made: list[Column] = []
    for number in range(1, n + 1):
        title = _("Quote {n}").format(n=number)
        made += [
            Column(f"quote_{number}", "text", title),
            Column(f"quote_{number}_informant", "text", _("{quote}: informant").format(quote=title)),
            Column(f"quote_{number}_document", "text", _("{quote}: document").format(quote=title)),
            Column(f"quote_{number}_turn", "int", _("{quote}: turn").format(quote=title)),
        ]
    return made


def quote_cells(chosen: Sequence[Excerpt], n: int) -> dict[str, Cell]:
    """The cells of `quote_columns`; empty where there are fewer quotes."""
    cells: dict[str, Cell] = {}
    for number in range(1, n + 1):
        row = chosen[number - 1] if number <= len(chosen) else None
        cells[f"quote_{number}"] = row.text if row else ""
        cells[f"quote_{number}_informant"] = row.informant if row else ""
        cells[f"quote_{number}_document"] = row.document if row else ""
        cells[f"quote_{number}_turn"] = row.turn if row else None
    return cells
