"""Fidelity scores from files: YAML for one site, or CSV with a row for each item, or with a row for each site."""

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from pathlib import Path

from ipscoding.codebook.faults import Faults
from ipscoding.codebook.fidelity import LEAST, MOST, Item, scale
from ipscoding.codebook.source import text_of
from ipscoding.codebook.tree import Mapping as YamlMapping
from ipscoding.codebook.tree import Place, Scalar, parse
from ipscoding.errors import near
from ipscoding.exchange.table_in import LineFault, Record, TableIn, read_table
from ipscoding.i18n import _
from ipscoding.project.fidelity import Assessment

_ALIASES = {
    **dict.fromkeys(("site", "sted", "stad", "service", "tjeneste", "teneste"), "site"),
    **dict.fromkeys(("date", "dato"), "date"),
    **dict.fromkeys(("item", "punkt", "nr", "number"), "item"),
    **dict.fromkeys(("score", "skår", "skåre", "poeng"), "score"),
    **dict.fromkeys(("scores", "skårer"), "scores"),
}
_DATE = re.compile(r"\d{4}-\d\d-\d\d|\d{4}-\d\d|\d{4}")
_SUFFIXES = (".yaml", ".yml")


@dataclass
class Reading:
    """What a file holds, and what is wrong with it, each fault with its place as a sentence."""

    assessments: list[Assessment] = field(default_factory=list)
    faults: list[str] = field(default_factory=list)


Tell = Callable[[str], None]
Scores = dict[tuple[str, str], dict[str, int]]


def read_fidelity(path: Path, *, site: str = "", date: str = "") -> Reading:
    """The assessments in the file at `path`; a YAML file by its suffix, else CSV. docs/fidelity.md shows the forms.

    `site` and `date` hold where the file says neither. Raises `FileProblem` for a file that cannot be read at all.
    """
    reading = Reading()
    found: Scores = {}
    if path.suffix.lower() in _SUFFIXES:
        _from_yaml(path, site, date, found, reading)
    else:
        _from_csv(path, site, date, found, reading)
    if not found and not reading.faults:
        reading.faults.append(_("there are no scores in it"))
    reading.assessments = [Assessment(where, when, scores) for (where, when), scores in found.items()]
    return reading


def _add(found: Scores, place: tuple[str, str], item: Item, score: int, tell: Tell) -> None:
    scores = found.setdefault(place, {})
    if item.id in scores:
        tell(_("item {n} of {site} has a score already").format(n=item.number, site=place[0]))
    scores[item.id] = score


def _item(text: str, tell: Tell) -> Item | None:
    item = scale().item(text)
    if item is None:
        close = near(text, scale().words(), 1)
        hint = _(" (is “{other}” meant?)").format(other=close[0]) if close else ""
        tell(_("“{text}” is no item of the scale (1 to {n}, or an id){hint}").format(
            text=text[:60], n=len(scale().items), hint=hint))  # fmt: skip
    return item


def _score(text: str, tell: Tell) -> int | None:
    whole = re.sub(r"[.,]0+$", "", text)
    if not (whole.isascii() and whole.isdecimal()) or not LEAST <= int(whole) <= MOST:
        tell(_("“{text}” is no score from {least} to {most}").format(text=text[:60], least=LEAST, most=MOST))
        return None
    return int(whole)


def _place(site: str, date: str, tell: Tell, tell_date: Tell) -> tuple[str, str] | None:
    if date and not _DATE.fullmatch(date):
        tell_date(_("“{text}” is not a date (2026-03-01)").format(text=date[:60]))
        return None
    if not site:
        tell(_unnamed())
        return None
    return site, date


def _unnamed() -> str:
    return _("the site is not named; name it in the file or with --site")


def _from_csv(path: Path, site: str, date: str, found: Scores, reading: Reading) -> None:
    table = read_table(path, _ALIASES)
    reading.faults += [str(fault) for fault in table.faults]
    tall = "item" in table.header
    if tall and "score" not in table.header:
        reading.faults.append(_("the column “{name}” is missing").format(name="score"))
        return
    columns: dict[str, Item] = {} if tall else _item_columns(table, reading)
    if not site and "site" not in table.header and table.records:
        reading.faults.append(_unnamed())
        return
    for record in table.records:

        def tell(column: str, record: Record = record) -> Tell:
            return lambda message: reading.faults.append(str(LineFault(record.line, column, message)))

        place = _place(record.cells.get("site") or site, record.cells.get("date") or date, tell("site"), tell("date"))
        pairs: Mapping[str, Item | None] = columns
        if tall:
            pairs = {"score": _item(record.cells["item"], tell("item"))}
        for column, item in pairs.items():
            text = record.cells[column]
            if item is None or (not tall and not text):
                continue
            score = _score(text, tell(column))
            if score is not None and place is not None:
                _add(found, place, item, score, tell("item" if tall else column))


def _item_columns(table: TableIn, reading: Reading) -> dict[str, Item]:
    """The columns of a table with a row for each site that are items; other columns are left alone."""
    columns = {name: item for name in table.header if name and (item := scale().item(name)) is not None}
    if not columns:
        reading.faults.append(_("there are neither columns “item” and “score” nor a column for each item (1, 2, …)"))
    seen: dict[str, str] = {}
    for name, item in columns.items():
        if item.id in seen:
            reading.faults.append(
                _("the columns “{one}” and “{other}” are the same item").format(one=seen[item.id], other=name)
            )
        seen[item.id] = name
    return columns


def _from_yaml(path: Path, site: str, date: str, found: Scores, reading: Reading) -> None:
    faults = Faults()
    text = text_of(path, faults)
    root = parse(text, faults) if text is not None else None
    if not faults.grave():
        if isinstance(root, YamlMapping):
            _from_tree(root, site, date, found, faults)
        else:
            faults.fault(root or Place(1, 1), _("the file must have fields: site, date, scores"))
    reading.faults += [
        _("line {line}, column {column}: {what}").format(line=one.line, column=one.column, what=one.message)
        for one in faults.grave()
    ]


def _from_tree(root: YamlMapping, site: str, date: str, found: Scores, faults: Faults) -> None:
    words: dict[str, Scalar] = {}
    scores: YamlMapping | None = None
    for name, (key, node) in root.pairs.items():
        meant = _ALIASES.get(name.casefold(), name)
        if meant == "scores" and isinstance(node, YamlMapping):
            scores = node
        elif meant in ("site", "date") and isinstance(node, Scalar):
            words[meant] = node
        else:
            faults.fault(key, _("unknown field “{name}”; the fields are site, date and scores").format(name=name[:60]))
    if scores is None:
        faults.fault(root, _("the scores are missing; they stand under “scores:”, one line for each item"))
        return
    given = {name: node.text.strip() for name, node in words.items() if not node.empty}

    def at(node: Scalar | YamlMapping) -> Tell:
        return lambda message: faults.fault(node, message)

    tells = [at(words.get(name) or root) for name in ("site", "date")]
    place = _place(given.get("site") or site, given.get("date") or date, *tells)
    for name, (key, node) in scores.pairs.items():
        item = _item(name, at(key))
        if not isinstance(node, Scalar):
            faults.fault(node, _("a score is one number"))
        elif item is not None and (score := _score(node.text.strip(), at(node))) is not None and place is not None:
            _add(found, place, item, score, at(key))
