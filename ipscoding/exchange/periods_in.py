"""Periods (of a policy, say) from a CSV file: a name, and the first and the last day."""

from datetime import date
from pathlib import Path

from ipscoding.analysis.triangulation.periods import Period, day_of
from ipscoding.errors import FileProblem
from ipscoding.exchange.table_in import LineFault, missing, read_table
from ipscoding.i18n import _, ngettext

_ALIASES = {
    **dict.fromkeys(("period", "periode", "name", "navn", "namn"), "period"),
    **dict.fromkeys(("from", "fra", "frå", "first", "start"), "from"),
    **dict.fromkeys(("to", "til", "last", "end", "slutt"), "to"),
}


def read_periods(path: Path) -> list[Period]:
    """The periods in the CSV file at `path`, in its order: columns `period`, `from` and `to`; an empty day is open.

    Raises `FileProblem` that names the line and the column of the first fault and counts the others.
    """
    table = read_table(path, _ALIASES)
    faults = [*table.faults, *missing(table, ("period", "from", "to"), path)]
    found: list[tuple[int, Period]] = []
    for record in table.records if not faults else ():
        name = record.cells["period"]
        days: list[date | None] = []
        for column in ("from", "to"):
            text = record.cells[column]
            days.append(day_of(text) if text else None)
            if text and days[-1] is None:
                faults.append(
                    LineFault(record.line, column, _("“{text}” is not a date (2026-03-01)").format(text=text))
                )
        if not name:
            faults.append(LineFault(record.line, "period", _("the period has no name")))
        if days[0] and days[1] and days[1] < days[0]:
            faults.append(LineFault(record.line, "to", _("the period ends before it begins")))
        period = Period(name, *days)
        for line, other in found:
            if other.name == name:
                message = _("{name} stands on line {line} already").format(name=name, line=line)
                faults.append(LineFault(record.line, "period", message))
            elif _overlap(period, other):
                message = _("it overlaps with “{name}”").format(name=other.name)
                faults.append(LineFault(record.line, "from", message))
        found.append((record.line, period))
    if not found and not faults:
        faults.append(LineFault(0, "", _("there is no period in it")))
    if faults:
        what = f"{path}, {faults[0]}"
        if others := len(faults) - 1:
            what += " " + ngettext("(and {n} more fault)", "(and {n} more faults)", others).format(n=others)
        raise FileProblem(what, _("Put it right in the file and try again"))
    return [period for _line, period in found]


def _overlap(one: Period, other: Period) -> bool:
    first = max(one.first or date.min, other.first or date.min)
    return first <= min(one.last or date.max, other.last or date.max)
