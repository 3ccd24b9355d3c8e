"""The table of codings: one row per coding, the same columns in the same order wherever it is written.

Columns are only ever added at the end of their part, never renamed. They are described in docs/exports.md.
"""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field

from ipscoding.analysis import Cell, Column, Row
from ipscoding.domain import Excerpt
from ipscoding.i18n import _

BEFORE_ATTRIBUTES = ("coding_id", "project", "document_id", "document", "informant", "role")
AFTER_ATTRIBUTES = (
    "speaker", "turn", "code", "code_label", "code_path", "domain", "valence", "strength", "coder", "coded_at",
    "origin", "codebook_version", "start", "end", "text", "context_before", "context_after", "memo", "status", "time",
)  # fmt: skip
FIXED = (*BEFORE_ATTRIBUTES, *AFTER_ATTRIBUTES)
_NUMBERS = frozenset(("turn", "strength", "codebook_version", "start", "end"))


@dataclass(frozen=True, slots=True)
class CodingsTable:
    """The codings as a table whose rows are made one at a time."""

    columns: list[Column]
    rows: Iterable[Row]
    notes: list[str] = field(default_factory=list)


def codings_table(excerpts: Iterable[Excerpt], attributes: Sequence[str] | None = None) -> CodingsTable:
    """The table of codings.

    `attributes` of informants stand between `role` and `speaker`, in the order given; without it, all that occur,
    sorted by name (for which `excerpts` are all read at once). An attribute that has the name of another column
    is called `informant_NAME`.
    """
    if attributes is None:
        excerpts = list(excerpts)
        attributes = sorted({name for excerpt in excerpts for name in excerpt.attributes})
    headed = {name: _heading(name, attributes) for name in attributes}
    titles = _titles()
    columns = [
        *(Column(name, "text", titles[name]) for name in BEFORE_ATTRIBUTES),
        *(Column(heading, "text", name) for name, heading in headed.items()),
        *(Column(name, "int" if name in _NUMBERS else "text", titles[name]) for name in AFTER_ATTRIBUTES),
    ]
    return CodingsTable(columns, _rows(excerpts, headed))


def _heading(attribute: str, attributes: Sequence[str]) -> str:
    heading = attribute
    while heading in FIXED or (heading != attribute and heading in attributes):
        heading = f"informant_{heading}"
    return heading


def _rows(excerpts: Iterable[Excerpt], headed: Mapping[str, str]) -> Iterator[Row]:
    for excerpt in excerpts:
        row: dict[str, Cell] = {name: getattr(excerpt, name) for name in BEFORE_ATTRIBUTES}
        for name, heading in headed.items():
            row[heading] = excerpt.attributes.get(name, "")
        for name in AFTER_ATTRIBUTES:
            row[name] = getattr(excerpt, name)
        row["valence"] = excerpt.valence.value
        yield row


def _titles() -> dict[str, str]:
    return {
        "coding_id": _("Coding"),
        "project": _("Project"),
        "document_id": _("Document id"),
        "document": _("Document"),
        "informant": _("Informant"),
        "role": _("Role"),
        "speaker": _("Speaker"),
        "turn": _("Turn"),
        "code": _("Code"),
        "code_label": _("Label"),
        "code_path": _("Path"),
        "domain": _("Domain"),
        "valence": _("Direction"),
        "strength": _("Strength"),
        "coder": _("Coder"),
        "coded_at": _("Coded at"),
        "origin": _("Origin"),
        "codebook_version": _("Codebook version"),
        "start": _("Start"),
        "end": _("End"),
        "text": _("Text"),
        "context_before": _("Before"),
        "context_after": _("After"),
        "memo": _("Memo"),
        "status": _("Status"),
        "time": _("Time"),
    }
