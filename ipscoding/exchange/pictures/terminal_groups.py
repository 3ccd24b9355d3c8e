"""Groups beside each other in the cells of a terminal: shares on a scale, and fidelity scores."""

from collections.abc import Iterator, Mapping

from rich.cells import cell_len
from rich.text import Text

from ipscoding.exchange.pictures.cells import fill
from ipscoding.exchange.pictures.contrast import Contrasts, Row, contrast_text, way_name
from ipscoding.exchange.pictures.scores import BEST, Scores
from ipscoding.i18n import _

_LETTERS = "ABCDEFGHIJKLMNOPQRSTUVWXYZ"
_BAR = 10


def contrast_lines(drawn: Contrasts, width: int) -> Iterator[Text]:
    """A scale from nobody to everybody for each way of naming a code; a letter for each group stands at its share.

    Where several groups stand in one place, a number says how many, and the letters follow the scale.
    """
    if not drawn.rows:
        yield Text(_("There is nothing to draw."))
        return
    letters = {group: _LETTERS[number % len(_LETTERS)] for number, (group, _n, _of) in enumerate(drawn.groups)}
    for group, name, of in drawn.groups:
        yield Text.assemble((letters[group], "bold"), f" {name} (n = {of})")
    label = max(min(max(cell_len(row.label) for row in drawn.rows), width // 3), 12)
    # beside a scale all letters have room, for where they stand in one place
    scale = max(min((width - label - 7) - len(letters) - 2, 60), 11)
    for way in drawn.ways:
        yield Text()
        head = fill(way_name(way), label) + " 0 %" + "100 %".rjust(scale - 3)
        yield Text(head, style="bold")
        for row in drawn.rows:
            yield _scale(row, way, letters, label, scale)


def _scale(row: Row, way: str, letters: Mapping[str, str], label: int, scale: int) -> Text:
    at: dict[int, list[str]] = {}
    for saying in row.sayings:
        share = saying.share(way)
        if share is not None:
            at.setdefault(round(share * (scale - 1)), []).append(letters[saying.group])
    low, high = min(at, default=0), max(at, default=0)
    line = Text(fill(row.label, label) + " ")
    for place in range(scale):
        here = at.get(place, [])
        mark = here[0] if len(here) == 1 else str(min(len(here), 9)) if here else "─" if low < place < high else "·"
        line.append(mark, style="bold blue" if here else "dim")
    together = " ".join("".join(here) for _place, here in sorted(at.items()) if len(here) > 1)
    line.append(f" {contrast_text(row.compared):>5}")
    line.append(f" {together}", style="dim")
    return line


def score_lines(drawn: Scores, width: int) -> Iterator[Text]:
    """For each site a row for each item: the score as dots, and who names the item as a barrier or a facilitator."""
    if not drawn.sites:
        yield Text(_("There is nothing to draw."))
        return
    label = max(min(max(cell_len(item) for item in drawn.items), width - 44, 60), 12)
    for number, site in enumerate(drawn.sites):
        if number:
            yield Text()
        yield Text(f"{site.name}  n = {site.of}", style="bold")
        for item, score, figure in zip(drawn.items, site.scores, site.figures, strict=True):
            dots = "–".ljust(BEST) if score is None else "●" * score + "○" * (BEST - score)
            line = Text.assemble(fill(item, label), " ", (dots, "" if score else "dim"), " ")
            if figure is None:
                line.append("–", style="dim")
            elif figure.hidden:
                line.append(figure.hidden, style="dim")
            else:
                down, up = figure.sides("informants")
                left, right = (round(_BAR * n / site.of) if site.of else 0 for n in (down, up))
                line.append(f"{down:>3}▼{'█' * left:>{_BAR}}", style="yellow" if down else "dim")
                line.append("│", style="dim")
                line.append(f"{'█' * right:<{_BAR}}▲{up}", style="blue" if up else "dim")
            yield line
