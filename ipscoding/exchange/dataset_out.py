"""A project as a folder of CSV files that says of every column what it is (a Frictionless data package)."""

import hashlib
import json
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from ipscoding.analysis import Column, Tabular
from ipscoding.analysis.matrices import CASES, Matrix
from ipscoding.analysis.scheme import frameworks
from ipscoding.analysis.variables import variable_name
from ipscoding.codebook.informants import shipped_scheme
from ipscoding.exchange import project_tables
from ipscoding.exchange.atomic import whole_folder
from ipscoding.exchange.codebook_table import codebook_table
from ipscoding.exchange.csv_out import PLAIN, Preset, write_csv
from ipscoding.exchange.meanings import Meaning, meanings
from ipscoding.exchange.project_tables import Chosen
from ipscoding.exchange.prose import Block, Facts, Heading, Items, Page, Paragraph
from ipscoding.exchange.prose.markdown import pieces
from ipscoding.i18n import LANGUAGES, _, language
from ipscoding.project import Project, codebooks
from ipscoding.version import __version__

PACKAGE, README = "datapackage.json", "README.md"


@dataclass(frozen=True, slots=True)
class Resource:
    """One file: its name without suffix, what it holds, its table, and how it hangs together with the others.

    `meanings` are those of columns whose names depend on the project; `refers` names by column the file and column
    that its values come from.
    """

    name: str
    about: str
    table: Tabular
    key: tuple[str, ...] = ()
    refers: Mapping[str, tuple[str, str]] = field(default_factory=dict)
    meanings: Mapping[str, Meaning] = field(default_factory=dict)


def write_dataset(
    project: Project,
    folder: Path,
    chosen: Chosen,
    *,
    binary: bool = False,
    by_valence: bool = False,
    pooled: bool = False,
    preset: Preset = PLAIN,
    advance: Callable[[float, str], None] | None = None,
) -> None:
    """Write the chosen part of `project` to `folder`, whole or not at all, readable by its owner only.

    A CSV file in the form of `preset` for each of: codings, codes, documents, informants, coders, statuses, memos, and
    the matrices of codes by interview and by informant (`binary`, `by_valence`, `pooled` as in
    `ipscoding.analysis.matrices.matrix`); `datapackage.json` describes them, `README.md` says the same for people. A
    folder that is there already is replaced if it is empty or was written by this function. Raises `NotFound` for what
    the project does not have, `FileProblem` where the folder cannot be written.
    """
    matrices: dict[str, Matrix] = {
        case: project_tables.matrix_of(project, chosen, case=case, binary=binary, by_valence=by_valence, pooled=pooled)
        for case in CASES
    }
    resources = _resources(project, chosen, matrices)
    with whole_folder(folder, is_dataset) as made:
        described = []
        for number, resource in enumerate(resources):
            path = made / f"{resource.name}.csv"
            if advance:
                advance(number / len(resources), path.name)
            with path.open("w", encoding="utf-8", newline="") as file:
                write_csv(resource.table, file, preset)
            described.append(_described(resource, path, preset))
        notes = _notes(resources, matrices, preset)
        package = {
            "profile": "tabular-data-package",
            "name": variable_name(project.name).lower().replace("_", "-"),
            "title": project.name,
            "ipscoding": __version__,
            "notes": notes,
            "resources": described,
        }
        text = json.dumps(package, ensure_ascii=False, indent=1)
        (made / PACKAGE).write_text(text + "\n", encoding="utf-8", newline="\n")
        page = Page(project.name, language(), tuple(_readme(described, notes)))
        (made / README).write_text("".join(pieces(page)), encoding="utf-8", newline="\n")


def is_dataset(folder: Path) -> bool:
    """Whether `folder` holds what `write_dataset` wrote and nothing else."""
    try:
        package = json.loads((folder / PACKAGE).read_text(encoding="utf-8"))
        known = {PACKAGE, README, *(resource["path"] for resource in package["resources"])}
        return "ipscoding" in package and {entry.name for entry in folder.iterdir()} <= known
    except (OSError, ValueError, KeyError, TypeError):
        return False


def _resources(project: Project, chosen: Chosen, matrices: Mapping[str, Matrix]) -> list[Resource]:
    book = codebooks.load(project)
    links = {
        name: Meaning(_("The id in {name} that the code is mapped to").format(name=name)) for name in frameworks(book)
    }
    document, code, coder = ("documents", "document"), ("codes", "code"), ("coders", "coder")
    return [
        Resource(
            "codings",
            _("One row for each coding"),
            project_tables.codings_table(project, chosen),
            ("coding_id",),
            {"document": document, "code": code, "coder": coder},
        ),
        Resource("codes", _("One row for each code"), codebook_table(book, LANGUAGES), ("code",), meanings=links),
        Resource(
            "documents", _("One row for each interview"), project_tables.documents_table(project, chosen), ("document",)
        ),
        Resource(
            "informants",
            _("One row for each informant"),
            project_tables.informants_table(project, chosen),
            ("informant",),
        ),
        Resource("coders", _("One row for each coder"), project_tables.coders_table(project, chosen), ("coder",)),
        Resource(
            "statuses",
            _("One row for each interview and coder who has begun with it"),
            project_tables.statuses_table(project, chosen),
            ("document", "coder"),
            {"document": document, "coder": coder},
        ),
        Resource(
            "memos", _("One row for each memo"), project_tables.memos_table(project, chosen), ("memo_id",),
            {"coder": coder},
        ),
        Resource(
            "matrix_documents",
            _("One row for each interview (and coder), one column for each code"),
            matrices["document"],
            ("document", "coder"),
            {"document": document},
            _of_matrix(matrices["document"]),
        ),
        Resource(
            "matrix_informants",
            _("One row for each informant who was interviewed (and coder), one column for each code"),
            matrices["informant"],
            ("informant", "coder"),
            meanings=_of_matrix(matrices["informant"]),
        ),
    ]  # fmt: skip


def _of_matrix(table: Matrix) -> dict[str, Meaning]:
    told = {name: _attribute(attribute) for name, attribute in table.attributes.items()}
    sides = {"": "", "barrier": _("barriers"), "facilitator": _("facilitators")}
    for name, variable in table.codes.items():
        said = ", ".join(filter(None, (variable.code, sides[variable.side])))
        told[name] = Meaning(_("How much is coded with {code}").format(code=said), _("segments"))
    return told


def _attribute(name: str) -> Meaning:
    known = shipped_scheme().attribute(name)
    said = f"{name} ({known.name(language())})" if known else name
    return Meaning(_("The informant's attribute {name}; empty: not recorded").format(name=said))


def _described(resource: Resource, path: Path, preset: Preset) -> dict[str, Any]:
    """A file as the package describes it."""
    known = {**meanings(), **resource.meanings}
    keys: list[dict[str, Any]] = [
        {"fields": column, "reference": {"resource": other, "fields": theirs}}
        for column, (other, theirs) in resource.refers.items()
    ]
    schema: dict[str, Any] = {
        "fields": [_field(column, known) for column in resource.table.columns],
        "missingValues": [""],
        "primaryKey": list(resource.key),
    }
    if keys:
        schema["foreignKeys"] = keys
    with path.open("rb") as file:
        digest = hashlib.file_digest(file, "sha256").hexdigest()
    return {
        "name": resource.name.replace("_", "-"),
        "title": resource.about,
        "path": path.name,
        "profile": "tabular-data-resource",
        "format": "csv",
        "mediatype": "text/csv",
        "encoding": "utf-8",
        "bytes": path.stat().st_size,
        "hash": f"sha256:{digest}",
        "dialect": {
            "delimiter": preset.delimiter,
            "lineTerminator": preset.row_end,
            "doubleQuote": True,
            "header": True,
        },
        "schema": schema,
    }


def _field(column: Column, known: Mapping[str, Meaning]) -> dict[str, Any]:
    meaning = known.get(column.name) or _attribute(column.name)
    told: dict[str, Any] = {
        "name": column.name,
        "type": {"text": "string", "int": "integer"}.get(column.kind, "number"),
        "title": column.title,
        "description": meaning.text,
    }
    if meaning.unit:
        told["unit"] = meaning.unit
    if meaning.values:
        told["constraints"] = {"enum": list(meaning.values)}
    return told


def _notes(resources: Sequence[Resource], matrices: Mapping[str, Matrix], preset: Preset) -> list[str]:
    notes = [_("An empty cell is an empty text, or a number that is not there.")]
    if preset.guard:
        notes.append(
            _("Text that a spreadsheet would take for a formula has a ' in front, which is not part of what was said.")
        )
    for resource in resources:
        notes += [f"{resource.name}: {note}" for note in resource.table.notes]
    return notes


def _readme(described: Sequence[Mapping[str, Any]], notes: Sequence[str]) -> list[Block]:
    blocks: list[Block] = [
        Paragraph(_("Written by ipscoding {version}.").format(version=__version__)),
        Paragraph(_("These files hold what people said in interviews: keep them where such data may be kept.")),
        Heading(1, _("How it was counted")),
        Items(tuple(notes)),
    ]
    for resource in described:
        blocks.append(Heading(1, resource["path"]))
        blocks.append(Paragraph(resource["title"] + "."))
        blocks.append(Facts(tuple((one["name"], _in_a_line(one)) for one in resource["schema"]["fields"])))
    return blocks


def _in_a_line(told: Mapping[str, Any]) -> str:
    parts = [told["description"]]
    if told.get("unit"):
        parts.append(_("in {unit}").format(unit=told["unit"]))
    if told.get("constraints"):
        parts.append(_("one of {values}").format(values=", ".join(map(str, told["constraints"]["enum"]))))
    return "; ".join(parts)
