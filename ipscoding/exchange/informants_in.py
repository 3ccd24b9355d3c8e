"""Informants from a CSV file: one row each, a name, a role, and any attributes."""

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from ipscoding.exchange.table_in import LineFault, read_table
from ipscoding.i18n import _

_NAMES = (
    "informant", "id", "informant_id", "deltaker", "deltakar", "navn", "namn", "name", "participant", "participant_id",
    "pseudonym", "informantnr", "deltakernr",
)  # fmt: skip
_ALIASES = {**dict.fromkeys(_NAMES, "informant"), "role": "role", "rolle": "role"}


@dataclass(frozen=True, slots=True)
class InformantLine:
    """An informant as a file has it; `role` as written, `attributes` by column, empty cells too."""

    line: int
    name: str
    role: str
    attributes: Mapping[str, str]


def read_informants(path: Path) -> tuple[list[InformantLine], list[LineFault]]:
    """The informants in the CSV file at `path`, and everything that is wrong with it.

    The column with the name is called `informant`, `id`, `deltaker` or the like, else it is the first one; `role` or
    `rolle` is the role; every other column is an attribute. Lines with a fault are not among the informants.
    """
    table = read_table(path, _ALIASES)
    faults = list(table.faults)
    if not table.header or not table.header[0]:
        return [], [LineFault(1, "", _("the first column has no name"))]
    key = "informant" if "informant" in table.header else table.header[0]
    if key == "role":
        faults.insert(0, LineFault(0, "informant", _("there is no column with the informants' names")))
        return [], faults
    found: dict[str, InformantLine] = {}
    for record in table.records:
        name = record.cells[key]
        if not name:
            faults.append(LineFault(record.line, key, _("the informant has no name")))
            continue
        earlier = found.get(name.casefold())
        if earlier is not None:
            message = _("{name} stands on line {line} already").format(name=name, line=earlier.line)
            faults.append(LineFault(record.line, key, message))
            continue
        attributes = {column: text for column, text in record.cells.items() if column not in (key, "role")}
        found[name.casefold()] = InformantLine(record.line, name, record.cells.get("role", ""), attributes)
    faults.sort(key=lambda fault: fault.line)
    return list(found.values()), faults
