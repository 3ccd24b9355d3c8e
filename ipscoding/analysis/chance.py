"""Whether a cross table asks a question that a permutation test can answer, and the answer in words."""

from collections.abc import Sequence
from dataclasses import dataclass

from ipscoding.analysis.crosstab import Crossed, Grid
from ipscoding.analysis.interviews import OF_INTERVIEWS
from ipscoding.analysis.material import Material
from ipscoding.analysis.permutation import (
    LEAST_ARRANGEMENTS,
    PERMUTATIONS,
    Permuted,
    arrangements,
    permutation_test,
)
from ipscoding.i18n import _


@dataclass(frozen=True, slots=True)
class Tested:
    """A permutation test of one coder's table, or, in words, why it would not be a fair question."""

    coder: str
    result: Permuted | None
    why_not: str = ""


def compared(given: Material, found: Crossed, *, permutations: int = PERMUTATIONS, seed: int = 1) -> list[Tested]:
    """Whether groups of informants differ by more than chance, for each table of `found`; see `permutation_test`."""
    why_not, of_people = _not_fair(given, found)
    return [
        Tested(grid.coder, None, why_not) if why_not else _test(given, found, grid, of_people, permutations, seed)
        for grid in found.grids
    ]


def _not_fair(given: Material, found: Crossed) -> tuple[str, str]:
    """Why no table of this form can be tested, and which of its two sides is about people."""
    names = (found.rows, found.columns)
    question = found.layouts[0].question
    of_people = [name for name in names if name in question.of_people]
    if found.having_both or not of_people or "coder" in names:
        return _("neither side divides informants into groups"), ""
    if len(of_people) > 1:
        return _("both sides say who was interviewed, which was chosen and did not come about"), ""
    (name,) = of_people
    if name in OF_INTERVIEWS and name != "role":
        return _("groups of single interviews or days cannot be told from the people in them"), name
    if found.unit not in ("segments", "informants"):
        return _("only informants and segments are tested"), name
    if any(grid.hidden for grid in found.grids):
        return _("it would tell of hidden cells"), name
    return "", name


def _test(given: Material, found: Crossed, grid: Grid, of_people: str, permutations: int, seed: int) -> Tested:
    other = found.columns if of_people == found.rows else found.rows
    made = given.count(given.ask(("informant", other), ("segments",)), totals=False)
    read = made.layout.reader(other)
    positions = made.layout.ranks(other)
    coded = {document for name in given.coders.names for document in made.counts.coded_documents[name]}
    if grid.coder:
        coded = made.counts.coded_documents[grid.coder]
    group_of: dict[str, str] = {}
    for interview in given.interviews.all:
        group = interview.value(of_people)
        # who was not coded at all may just not have been coded yet
        if not group or interview.document.id not in coded:
            continue
        if group_of.setdefault(interview.person, group) != group:
            return Tested(grid.coder, None, _("somebody belongs to several groups"))
    ways = arrangements(list(group_of.values())) if len(set(group_of.values())) > 1 else 1
    if ways < LEAST_ARRANGEMENTS:
        return Tested(grid.coder, None, _("there are too few informants to deal out to groups in other ways"))
    counts: dict[str, list[float]] = {}
    for place, tally in made.counts.cells.items():
        if (grid.coder and place.coder != grid.coder) or place.group[0] not in group_of or not tally.segments:
            continue
        row = counts.setdefault(place.group[0], [0.0] * len(positions))
        row[positions[read(place)]] = 1.0 if found.unit == "informants" else float(tally.segments)
    result = permutation_test(group_of, counts, shares=found.unit == "informants", permutations=permutations, seed=seed)
    return Tested(grid.coder, result, "" if result else _("nothing differs between informants"))


def told(results: Sequence[Tested], unit: str, permutations: int, seed: int) -> list[str]:
    """What came out, as sentences for the reader: how it was tested, on whom, and what that assumes."""
    said = []
    for one in results:
        about = f"{one.coder}: " if one.coder else ""
        if one.result is None:
            said.append(about + _("Not tested, since {reason}.").format(reason=one.why_not))
            continue
        text = _(
            "Permutation test over {n} informants in {groups} groups ({times} times, seed {seed}): statistic "
            "{statistic:.2f}, p = {p:.4f}."
        )
        values = one.result
        said.append(
            about
            + text.format(
                n=values.informants,
                groups=values.groups,
                times=permutations,
                seed=seed,
                statistic=values.statistic,
                p=values.p,
            )
        )
    if any(one.result is not None for one in results):
        if unit == "informants":
            said.append(
                _("Tested: do shares of informants differ between groups by more than if people were dealt out anew?")
            )
        else:
            said.append(
                _("Tested: are segments spread otherwise in some groups than if people were dealt out to them anew?")
            )
        said.append(
            _(
                "An informant's codings stay together. It takes for granted that any informant could have been in any "
                "group, and that interviews were coded alike; it says nothing about single cells, nor about people "
                "who were not interviewed."
            )
        )
    return said
