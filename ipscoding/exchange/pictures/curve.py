"""The saturation curve for papers: codes known after each interview, among random orders of the same interviews."""

from collections.abc import Sequence
from dataclasses import dataclass

from ipscoding.analysis.names import role_group
from ipscoding.analysis.table import Table
from ipscoding.exchange.pictures.paper import BARRIER, FACILITATOR, GRID, INK, QUIET, as_file, drawing
from ipscoding.i18n import _

_LOOKS = ("-", "--", ":", "-.")


@dataclass(frozen=True, slots=True)
class Line:
    """One line of the curve: `new` and `known` codes after each interview, and the band of random orders, if any."""

    name: str
    new: tuple[int, ...]
    known: tuple[int, ...]
    band: tuple[tuple[int, int, int], ...] = ()


def lines_of(table: Table) -> list[Line]:
    """The lines in a table of `ipscoding.analysis.saturation` with the part `curve`, a line for each of its groups."""
    groups: dict[str, list[dict[str, int]]] = {}
    keys = [column.name for column in table.columns[: [column.name for column in table.columns].index("interview")]]
    for row in table.rows:
        name = " · ".join(role_group(str(row[key])) if key == "role" else str(row[key]) for key in keys)
        groups.setdefault(name, []).append({key: value for key, value in row.items() if isinstance(value, int)})
    return [
        Line(
            name,
            tuple(point["new"] for point in points),
            tuple(point["codes"] for point in points),
            tuple((point["low"], point["median"], point["high"]) for point in points if "low" in point),
        )
        for name, points in groups.items()
    ]


def curve(lines: Sequence[Line], form: str) -> bytes:
    """Known codes as lines, with one line also the new ones as bars; behind the first, the band of random orders."""
    from matplotlib.ticker import MaxNLocator

    with drawing(5.2, 3.3) as figure:
        panel = figure.subplots()
        for number, line in enumerate(lines):
            places = range(1, len(line.known) + 1)
            ink = (FACILITATOR, BARRIER, INK, QUIET)[number % 4]
            if number == 0 and len(line.band) == len(line.known):
                panel.fill_between(
                    places, [low for low, _m, _h in line.band], [high for _l, _m, high in line.band], color=GRID,
                    linewidth=0, label=_("random orders, 5 % to 95 %"),
                )  # fmt: skip
            if len(lines) == 1:
                panel.bar(places, line.new, color=BARRIER, hatch="////", edgecolor="white", linewidth=0, width=0.6,
                          label=_("new in this interview"))  # fmt: skip
                for place, n in zip(places, line.new, strict=True):
                    panel.text(place, n, str(n), ha="center", va="bottom", fontsize=6)
            panel.plot(
                places, line.known, color=ink, linestyle=_LOOKS[number % 4], marker="o", markersize=3, linewidth=1.2,
                label=line.name or _("known so far"),
            )  # fmt: skip
        panel.set_xlabel(_("Interviews"))
        panel.set_ylabel(_("Codes"))
        panel.set_ylim(bottom=0)
        panel.xaxis.set_major_locator(MaxNLocator(integer=True))
        panel.yaxis.set_major_locator(MaxNLocator(integer=True))
        panel.grid(axis="y", color=GRID, linewidth=0.5)
        panel.set_axisbelow(True)
        if lines:
            panel.legend(frameon=False, fontsize=7)
        return as_file(figure, form)
