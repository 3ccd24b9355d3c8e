"""The table of agreement: a row for all codes together, one for what was coded at all, one for each code or domain."""

from collections.abc import Collection, Hashable, Mapping, Sequence
from dataclasses import dataclass, field

from ipscoding.analysis.agreement.amounts import Amount, mean
from ipscoding.analysis.agreement.axis import UNITS, axis_of
from ipscoding.analysis.agreement.counts import ANY, Counted, Counts, Kind, Plan, Side, count
from ipscoding.analysis.agreement.measures import DEFAULT, MEASURES, POOLED, SHARES, Measure, meaning, title
from ipscoding.analysis.agreement.passages import RULES, Overlap
from ipscoding.analysis.agreement.resample import Draws, draw, interval, total
from ipscoding.analysis.names import codes_matching, hint
from ipscoding.analysis.table import Cell, Column, Row, Table
from ipscoding.analysis.table import Kind as TableKind
from ipscoding.domain import Codebook, Document, Transcript
from ipscoding.errors import NotFound
from ipscoding.i18n import _, ngettext, percent
from ipscoding.i18n import language as language_in_use

BY = ("code", "domain")
MEAN = "\0mean"


@dataclass(frozen=True)
class Reading:
    """One interview with what each coder made of it; None for a coder who did not finish it."""

    document: Document
    transcript: Transcript
    sides: tuple[Side, ...]


@dataclass(frozen=True)
class Question:
    """What is asked: the unit, the measures by name, rows by code or domain, which codes, when segments match.

    `bootstrap` is how many times the documents are drawn again (0: no intervals), `seed` where that begins.
    Raises `NotFound` for a unit, a measure or a rule that does not exist.
    """

    unit: str = "sentence"
    measures: Sequence[str] = DEFAULT
    by: str = "code"
    codes: Collection[str] = ()
    overlap: Overlap = field(default_factory=Overlap)
    bootstrap: int = 1000
    seed: int = 1

    def __post_init__(self) -> None:
        for what, given, known in (
            (_("No such unit: {names}"), [self.unit], UNITS),
            (_("No such measure: {names}"), list(self.measures), tuple(MEASURES)),
            (_("Agreement is not counted by {names}"), [self.by], BY),
            (_("No such rule of overlap: {names}"), [self.overlap.of], RULES),
        ):
            unknown = [name for name in given if name not in known]
            if unknown:
                raise NotFound(what.format(names=", ".join(unknown)), hint(unknown, known))

    @property
    def chosen(self) -> list[Measure]:
        """The measures asked for, in the order in which they are shown."""
        return [measure for measure in MEASURES.values() if measure.name in self.measures]


def agreement(
    readings: Sequence[Reading],
    coders: Sequence[str],
    codebook: Codebook,
    question: Question | None = None,
    *,
    language: str | None = None,
) -> Table:
    """How far the coders agree on the interviews that are given, as `question` asks (default: as it stands).

    Rows: all codes together (every code's units in one heap), the mean over codes, what was coded at all, then each
    code (or domain) that at least one of the coders used, in the order of the codebook. None is *undefined*.

    Raises `NotFound` for codes that neither the codebook nor the codings have.
    """
    question = question or Question()
    used = {coding.code for reading in readings for side in reading.sides for coding in side or ()}
    wanted = codes_matching(question.codes, codebook, used) if question.codes else None
    row_of = {code: _row(code, question.by, codebook) for code in used if wanted is None or code in wanted}
    kinds = {kind for measure in question.chosen for kind in measure.kinds}
    plan = Plan(lambda code: [row_of[code]] if code in row_of else [], question.overlap, kinds)
    counted = [_count(reading, question.unit, plan) for reading in readings]
    rows = _in_order(set(row_of.values()), codebook)
    draws = draw(len(readings), question.bootstrap, question.seed)
    table = _Maker(question, coders, rows, counted, draws).table(codebook, language or language_in_use())
    table.notes[:] = _notes(question, readings, coders, rows, sum(one.outside for one in counted), table, draws)
    return table


def _row(code: str, by: str, codebook: Codebook) -> str:
    top = codebook.domain(code) if by == "domain" else None
    return top.id if top else code


def _in_order(rows: Collection[str], codebook: Codebook) -> list[str]:
    return [code for code in codebook.by_id if code in rows] + sorted(set(rows) - set(codebook.by_id))


def _count(reading: Reading, unit: str, plan: Plan) -> Counted:
    characters = axis_of(reading.transcript, "character")
    units = characters if unit == "character" else axis_of(reading.transcript, unit)
    return count(reading.sides, units, characters, plan)


class _Maker:
    """The rows of one table."""

    def __init__(
        self,
        question: Question,
        coders: Sequence[str],
        rows: Sequence[str],
        counted: Sequence[Counted],
        draws: Draws | None,
    ) -> None:
        self._question = question
        self._coders = coders
        self._rows = rows
        self._draws = draws
        by_row = {row: [document.of(row) for document in counted] for row in (*rows, ANY)}
        by_row[POOLED] = [total([document.of(row) for row in rows]) for document in counted]
        self._sums = {row: total(documents) for row, documents in by_row.items()}
        self._drawn = {row: draws.totals(documents) for row, documents in by_row.items()} if draws else {}

    def table(self, codebook: Codebook, language: str) -> Table:
        by = self._question.by
        labels = {code.id: code.name(language) for code in codebook.codes}
        together = _("All codes together") if by == "code" else _("All domains together")
        heads = [
            ("pooled", POOLED, together),
            ("mean", MEAN, _("Mean over codes") if by == "code" else _("Mean over domains")),
            ("any", ANY, _("Coded at all")),
        ]
        rows = [self._row(level, row, "", label) for level, row, label in heads]
        rows += [self._row(by, row, row, labels.get(row, row)) for row in self._rows]
        return Table(self._columns(), rows)

    def _columns(self) -> list[Column]:
        by = self._question.by
        columns = [
            Column("level", "text", _("Level"), detail=True),
            Column(by, "text", _("Code") if by == "code" else _("Domain"), detail=True),
            Column("label", "text", _("Label")),
            Column("units", "int", _("Units")),
            *(Column(f"coded_{coder}", "int", coder) for coder in self._coders),
            Column("coded_all", "int", _("All")),
        ]
        for measure in self._question.chosen:
            kind: TableKind = "share" if measure.name in SHARES else "coefficient"
            low, high = (f"{measure.name}_low", f"{measure.name}_high") if self._draws else ("", "")
            name = _column(measure)
            columns.append(Column(name, kind, title(measure), low=low and f"{name}_low", high=high and f"{name}_high"))
            if self._draws:
                columns.append(Column(f"{name}_low", kind, _("{measure}, low").format(measure=title(measure))))
                columns.append(Column(f"{name}_high", kind, _("{measure}, high").format(measure=title(measure))))
        return columns

    def _row(self, level: str, row: str, value: str, label: str) -> Row:
        cells: dict[str, Cell] = {"level": level, self._question.by: value, "label": label, **self._coded(row)}
        for measure in self._question.chosen:
            name = _column(measure)
            cells[name] = _number(self._value(measure, row, self._sums))
            if self._draws:
                between = interval(self._value(measure, row, self._drawn)) if cells[name] is not None else None
                cells[f"{name}_low"], cells[f"{name}_high"] = between or (None, None)
        return cells

    def _value(self, measure: Measure, row: str, sums: Mapping[str, Counts]) -> Amount | None:
        number = len(self._rows)
        if row == MEAN:
            return mean(measure.formula(sums[one], one, number) for one in self._rows)
        return measure.formula(sums[row], row, number)

    def _coded(self, row: str) -> dict[str, Cell]:
        """How many units there are, how many each coder coded, and how many all of those who read them coded."""
        names = [f"coded_{coder}" for coder in self._coders]
        if row == MEAN:
            return dict.fromkeys(("units", *names, "coded_all"))
        patterns = self._sums[row].get(Kind.UNIT, {})
        cells = dict.fromkeys(("units", *names, "coded_all"), 0)
        for pattern, weight in patterns.items():
            values = _values(pattern)
            cells["units"] += weight
            for name, value in zip(names, values, strict=True):
                cells[name] += weight if value else 0
            cells["coded_all"] += 0 if False in values else weight
        return dict(cells)


def _column(measure: Measure) -> str:
    return measure.name.replace("-", "_")


def _values(pattern: Hashable) -> tuple[bool | None, ...]:
    return pattern  # type: ignore[return-value]


def _number(value: Amount | None) -> float | None:
    return None if value is None else float(value)


def _notes(
    question: Question,
    readings: Sequence[Reading],
    coders: Sequence[str],
    rows: Sequence[str],
    outside: int,
    table: Table,
    draws: Draws | None,
) -> list[str]:
    units = {
        "sentence": _(
            "Unit: the sentence (of informants). It counts as coded where a coding shares a character with it."
        ),
        "turn": _("Unit: the turn (of informants). It counts as coded where a coding shares a character with it."),
        "character": _("Unit: the character (of what informants say)."),
    }
    notes = [
        units[question.unit],
        _("Coders: {coders}. “All” counts units that all of them coded.").format(coders=", ".join(coders)),
        ngettext(
            "{n} interview that they marked as done.", "{n} interviews that they marked as done.", len(readings)
        ).format(n=len(readings)),
    ]
    if question.by == "code":
        counted = ngettext(
            "{n} code that at least one of them used", "{n} codes that at least one of them used", len(rows)
        )
    else:
        counted = ngettext(
            "{n} domain that at least one of them used; in it, one code stands for another",
            "{n} domains that at least one of them used; in each, one code stands for another",
            len(rows),
        )
    notes.append(counted.format(n=len(rows)) + ".")
    notes.append(_("Codings of one code by one coder that overlap are one. The interviewer's words are left out."))
    if outside:
        text = ngettext(
            "{n} coding of nothing but the interviewer's words is left out.",
            "{n} codings of nothing but the interviewer's words are left out.",
            outside,
        )
        notes.append(text.format(n=outside))
    rule = _rule(question.overlap)
    notes += [meaning(measure, rule) for measure in question.chosen]
    if any(row[_column(measure)] is None for row in table.rows for measure in question.chosen):
        notes.append(_("– is undefined: there is no variation, or nothing to compare. The mean leaves it out."))
    if draws is not None:
        notes.append(
            _(
                "Between brackets: 95 % intervals from {times} draws of the interviews with replacement (seed {seed}); "
                "none where more than one draw in ten has no value."
            ).format(times=question.bootstrap, seed=question.seed)
        )
        if len(readings) < FEW:
            notes.append(_("With so few interviews the intervals are rough, and often too narrow."))
    return notes


FEW = 10
"""Under this number of documents a percentile interval promises more than it keeps."""


def _rule(overlap: Overlap) -> str:
    if not overlap.least:
        return _("Two match where they share anything.")
    texts = {
        "union": _("Two match where they share at least {share} of all that they cover."),
        "longer": _("Two match where they share at least {share} of the longer one."),
        "shorter": _("Two match where they share at least {share} of the shorter one."),
    }
    return texts[overlap.of].format(share=percent(float(overlap.least), whole=True))
