"""What groups say of each code, as marks on a scale: where they lie apart, for papers."""

from collections.abc import Sequence
from dataclasses import dataclass

from ipscoding.analysis.names import role_group
from ipscoding.analysis.triangulation import Compared, Saying, Triangulated
from ipscoding.errors import NotAllowed
from ipscoding.exchange.pictures.paper import BARRIER, FACILITATOR, GRID, INK, QUIET, as_file, drawing
from ipscoding.i18n import _

_LANE, _ROW, _AROUND, _PANEL, _LABELS, _NUMBERS = 0.062, 0.19, 1.0, 1.9, 2.9, 0.45
_WAYS = ("any", "barrier", "facilitator")
LOOKS = (
    ("o", FACILITATOR), ("s", BARRIER), ("^", "#009e73"), ("D", "#000000"), ("v", "#cc79a7"), ("P", "#56b4e9"),
    ("X", "#d55e00"), ("*", "#777777"),
)  # fmt: skip
"""How the marks of groups look: told apart by their form alone, the colours (Okabe and Ito) only help."""


@dataclass(frozen=True, slots=True)
class Row:
    """One code: what each group says of it, and how far they lie apart."""

    label: str
    sayings: Sequence[Saying]
    compared: Compared


@dataclass(frozen=True, slots=True)
class Contrasts:
    """Rows in the order to draw them, groups with their names, and the ways of naming a code that have a panel."""

    rows: Sequence[Row] = ()
    groups: Sequence[tuple[str, str, int]] = ()
    ways: Sequence[str] = _WAYS


def way_name(way: str) -> str:
    """The heading of a panel."""
    return {"any": _("Named at all"), "barrier": _("▼ As a barrier"), "facilitator": _("▲ As a facilitator")}[way]


def contrasts_of(
    made: Triangulated, key: str, *, side: str = "", roles: bool = True, used: bool = False, top: int = 0
) -> Contrasts:
    """The rows of a triangulation as they are drawn; `key` is what has a row (`code`, `domain`).

    `side`: only that way of naming a code. `roles`: groups are roles, and have their names. `used`: leave out what
    nobody names. `top`: only the first so many rows. Raises `NotAllowed` where coders are counted apart.
    """
    if len({str(found.keys.get("coder", "")) for found in made.found}) > 1:
        what = _("The picture is of one coder's work, and several are counted apart")
        raise NotAllowed(what, _("Choose one with --coders, or unite them with --pooled"))
    rows = [Row(str(found.keys[f"{key}_label"]), found.sayings, found.compared) for found in made.found]
    named: dict[str, tuple[str, int]] = {}
    for row in rows:
        for saying in row.sayings:
            named[saying.group] = (role_group(saying.group) if roles else saying.group, saying.of)
    groups = [(group, name, of) for group, (name, of) in named.items()]
    if used:
        rows = [row for row in rows if any(saying.number != 0 for saying in row.sayings)]
    return Contrasts(rows[:top] if top else rows, groups, (side,) if side else _WAYS)


def contrast(drawn: Contrasts, form: str) -> bytes:
    """A panel for each way of naming a code, a row for each code, a mark for each group at its share of informants.

    Each group has a lane of its own in the row, so that equal shares do not cover each other; hollow marks are silence.
    """
    from matplotlib.lines import Line2D

    n, lanes = len(drawn.rows), max(len(drawn.groups), 1)
    height = max(_ROW, _LANE * lanes + 0.05)
    width = _LABELS + _PANEL * len(drawn.ways)
    with drawing(width, _AROUND + height * max(n, 4)) as figure:
        # the numbers at the right have a margin of their own, or the layout would give it to each panel
        figure.set_layout_engine("constrained", rect=(0, 0, 1 - _NUMBERS / width, 1))
        panels = figure.subplots(1, len(drawn.ways), sharey=True, squeeze=False)[0]
        for panel, way in zip(panels, drawn.ways, strict=True):
            for place in range(0, n, 2):
                panel.axhspan(place - 0.5, place + 0.5, color="#f4f4f4", linewidth=0, zorder=0)
            for number, (group, _name, _of) in enumerate(drawn.groups):
                mark, ink = LOOKS[number % len(LOOKS)]
                lane = (number - (lanes - 1) / 2) * min(_LANE / height, 0.9 / lanes)
                told = [
                    (share, place + lane)
                    for place, row in enumerate(drawn.rows)
                    for saying in row.sayings
                    if saying.group == group and (share := saying.share(way)) is not None
                ]
                for silent in (True, False):
                    some = [(share, at) for share, at in told if (share == 0) == silent]
                    if not some:
                        continue  # marks of nothing would count as one in the corner, and push the panels aside
                    panel.plot(
                        [share for share, _at in some], [at for _share, at in some], mark, markersize=3.6,
                        markerfacecolor="white" if silent else ink, markeredgecolor=ink, markeredgewidth=0.6,
                        linestyle="", clip_on=False, zorder=3,
                    )  # fmt: skip
            panel.set_xlim(-0.04, 1.04)
            panel.set_xticks([0, 0.25, 0.5, 0.75, 1], ["0", "25", "50", "75", "100 %"], fontsize=6)
            panel.set_title(way_name(way), fontsize=8)
            panel.grid(axis="x", color=GRID, linewidth=0.5)
            panel.set_axisbelow(True)
            panel.tick_params(axis="y", length=0)
            panel.tick_params(axis="x", length=2, width=0.5)
            panel.spines["left"].set_visible(False)
        last = panels[-1]
        for place, row in enumerate(drawn.rows):
            beside = last.text(
                1.07, place, contrast_text(row.compared), va="center", ha="left", fontsize=6, color=QUIET
            )
            beside.set_in_layout(False)
        if n:
            over = last.text(1.07, -0.75, _("contrast"), va="bottom", ha="left", fontsize=6, color=QUIET)
            over.set_in_layout(False)
        panels[0].set_ylim(max(n, 4) - 0.5, -0.5)
        panels[0].set_yticks(range(n), [row.label for row in drawn.rows], fontsize=7)
        figure.supxlabel(_("Share of the informants interviewed in the group"), fontsize=8)
        marks = [
            Line2D([], [], linestyle="", marker=LOOKS[number % len(LOOKS)][0], markersize=4,
                   color=LOOKS[number % len(LOOKS)][1], label=f"{name} (n = {of})")
            for number, (_group, name, of) in enumerate(drawn.groups)
        ]  # fmt: skip
        if marks:
            marks.append(Line2D([], [], linestyle="", marker="o", markersize=4, markerfacecolor="white",
                                markeredgecolor=INK, markeredgewidth=0.6, label=_("hollow: nobody")))  # fmt: skip
            figure.legend(handles=marks, loc="outside upper right", ncols=min(len(marks), 5), frameon=False, fontsize=7)
        return as_file(figure, form)


def contrast_text(compared: Compared) -> str:
    """The contrast in per cent; a dash where fewer than two groups can be compared."""
    return "–" if compared.contrast is None else f"{round(compared.contrast * 100)} %"
