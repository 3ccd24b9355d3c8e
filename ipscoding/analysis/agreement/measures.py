"""The measures of agreement by name: what each is made of, and what it says to readers."""

from collections.abc import Callable, Hashable
from dataclasses import dataclass

from ipscoding.analysis.agreement import coefficients
from ipscoding.analysis.agreement.amounts import Amount, divided
from ipscoding.analysis.agreement.coefficients import Ratings
from ipscoding.analysis.agreement.counts import ANY, Counts, Kind
from ipscoding.analysis.agreement.unitizing import GAP, Coincidences
from ipscoding.i18n import N_, _

POOLED = "\0pooled"
"""The row of all codes together."""

Formula = Callable[[Counts, str, int], Amount | None]
"""A measure of a row's counts; the row's name and the number of rows are what little else it may depend on."""


@dataclass(frozen=True)
class Measure:
    """One measure: `kinds` are the counts it needs, `meaning` a sentence for readers (translated when shown)."""

    name: str
    title: str
    meaning: str
    formula: Formula
    kinds: tuple[Kind, ...] = (Kind.UNIT,)


def _ratings(counts: Counts, kind: Kind = Kind.UNIT) -> Ratings:
    return counts.get(kind, {})  # type: ignore[return-value]


def _u_alpha(counts: Counts, _row: str, _rows: int) -> Amount | None:
    """Krippendorff's alpha for unitizing of two values: coded, and the gaps between."""
    lengths: dict[Hashable, Amount] = {True: 0, GAP: 0}
    same: dict[Hashable, Amount] = {True: 0, GAP: 0}
    for row, weight in _ratings(counts, Kind.CHARACTER).items():
        given = [value for value in row if value is not None]
        for value, number in ((True, given.count(True)), (GAP, given.count(False))):
            lengths[value] = lengths[value] + weight * number
            if number > 1:
                same[value] = same[value] + weight * (number * (number - 1) / (len(given) - 1))
    own: dict[Hashable, Amount] = {True: counts.get(Kind.OWN, {}).get(True, 0), GAP: lengths[GAP]}
    return Coincidences(lengths, same, own).alpha()


def _paired(counts: Counts) -> Coincidences:
    return Coincidences(counts.get(Kind.LENGTH, {}), counts.get(Kind.SAME, {}), counts.get(Kind.PAIRED, {}))


def _cu_alpha(counts: Counts, row: str, _rows: int) -> Amount | None:
    return _paired(counts).alpha() if row == ANY else None


def _ku_alpha(counts: Counts, row: str, _rows: int) -> Amount | None:
    return None if row in (ANY, POOLED) else _paired(counts).alpha_of(True)


def _match(counts: Counts, _row: str, _rows: int) -> Amount | None:
    found = counts.get(Kind.MATCH, {})
    return divided(found.get(True, 0), found.get(True, 0) + found.get(False, 0))


def _match_kappa(counts: Counts, row: str, rows: int) -> Amount | None:
    share = _match(counts, row, rows)
    return None if row != POOLED or share is None or rows < 2 else (share - 1 / rows) / (1 - 1 / rows)


def _on_units(measure: Callable[[Ratings], Amount | None]) -> Formula:
    return lambda counts, _row, _rows: measure(_ratings(counts))


def _on_directions(measure: Callable[[Ratings], Amount | None]) -> Formula:
    return lambda counts, row, _rows: None if row == ANY else measure(_ratings(counts, Kind.DIRECTION))


_LENGTHS = (Kind.CHARACTER, Kind.OWN)
_TOGETHER = (*_LENGTHS, Kind.LENGTH, Kind.SAME, Kind.PAIRED)

MEASURES = {
    measure.name: measure
    for measure in (
        Measure(
            "percent",
            N_("Percent"),
            N_(
                "Percent: units on which two coders did the same, coded or not; not corrected for chance, so high "
                "where codes are rare."
            ),
            _on_units(coefficients.percent),
        ),
        Measure(
            "alpha",
            N_("Alpha"),
            N_("Alpha: Krippendorff's alpha for coded or not (nominal; 2011)."),
            _on_units(coefficients.alpha),
        ),
        Measure(
            "ac1",
            N_("AC1"),
            N_("AC1: Gwet's AC1 (2008) for coded or not; it stays steady where a code is rare."),
            _on_units(lambda ratings: coefficients.ac1(ratings, 2)),
        ),
        Measure(
            "cohen",
            N_("Cohen"),
            N_("Cohen: Cohen's kappa (1960) for coded or not; of more than two coders the mean over pairs."),
            _on_units(coefficients.cohen),
        ),
        Measure(
            "scott",
            N_("Scott"),
            N_("Scott: Scott's pi (1955) for coded or not; of more than two coders the mean over pairs."),
            _on_units(coefficients.scott),
        ),
        Measure(
            "fleiss",
            N_("Fleiss"),
            N_("Fleiss: Fleiss' kappa (1971) for coded or not."),
            _on_units(coefficients.fleiss),
        ),
        Measure(
            "brennan-prediger",
            N_("B–P"),
            N_("B–P: Brennan and Prediger's coefficient (1981) for coded or not: chance is one in two."),
            _on_units(lambda ratings: coefficients.brennan_prediger(ratings, 2)),
        ),
        Measure(
            "u-alpha",
            N_("uα"),
            N_(
                "uα: Krippendorff's alpha for unitizing (2016), by characters: do coders draw the same borders? "
                "In the row of what was coded at all it is |uα."
            ),
            _u_alpha,
            _LENGTHS,
        ),
        Measure(
            "cu-alpha",
            N_("cuα"),
            N_(
                "cuα: where two coders coded something, do they give the same codes? "
                "By characters; the value is the set of codes; in the row of what was coded at all."
            ),
            _cu_alpha,
            _TOGETHER,
        ),
        Measure(
            "ku-alpha",
            N_("(k)uα"),
            N_("(k)uα: where two coders coded something, is it this code for both? By characters, for each code."),
            _ku_alpha,
            _TOGETHER,
        ),
        Measure(
            "match",
            N_("Match"),
            N_("Match: segments for which the other coder has one with the same code. {rule}"),
            _match,
            (Kind.MATCH,),
        ),
        Measure(
            "match-kappa",
            N_("Match κ"),
            N_("Match κ: the same, corrected for chance as one in the number of codes; for all codes together. {rule}"),
            _match_kappa,
            (Kind.MATCH,),
        ),
        Measure(
            "direction",
            N_("Direction"),
            N_("Direction: of the units that two coders gave the same code, the share with the same direction."),
            _on_directions(coefficients.percent),
            (Kind.DIRECTION,),
        ),
        Measure(
            "direction-alpha",
            N_("Direction α"),
            N_("Direction α: Krippendorff's alpha for the direction, given the same code."),
            _on_directions(coefficients.alpha),
            (Kind.DIRECTION,),
        ),
    )
}
"""All measures, in the order in which they are shown."""

DEFAULT = ("percent", "alpha", "ac1", "u-alpha", "match", "direction")
SHARES = frozenset(("percent", "match", "direction"))
"""Measures that are shares of something; the others are coefficients."""


def title(measure: Measure) -> str:
    """What a column of the measure is called."""
    return _(measure.title)


def meaning(measure: Measure, rule: str) -> str:
    """What the measure says, as a sentence; `rule` says when segments match."""
    return _(measure.meaning).format(rule=rule)
