"""A codebook as a table: a row for each code in the order of the tree, with all that is said of it."""

from collections.abc import Mapping, Sequence

from ipscoding.analysis import Cell, Column, Row, Table
from ipscoding.analysis.scheme import frameworks
from ipscoding.codebook.flat import TEXTS
from ipscoding.domain import Code, Codebook, in_language
from ipscoding.i18n import _, language


def in_order(book: Codebook) -> list[Code]:
    """The codes as a tree is read: each followed by those under it; codes whose parent is missing stand last."""
    tree = [code for top in book.children(None) for code in book.under(top.id)]
    seen = {code.id for code in tree}
    return tree + [code for code in book.codes if code.id not in seen]


def codebook_table(book: Codebook, languages: Sequence[str] = (), *, counts: Mapping[str, int] | None = None) -> Table:
    """The codes of `book` with every field.

    Texts stand in the language in use (where a code has none in it, in the nearest one), or with `languages` in a
    column for each (`label_nb`, `label_en`). `examples` are lines that begin with the sign of their direction, `path`
    holds labels with ` > ` between them, `level` counts from 1, and each framework that codes are mapped to has a
    column. With `counts` the number of codings of each code stands in `codings`.
    """
    spoken = language()
    titles = _titles()
    links = frameworks(book)
    numbers = ("level", "codable", "retired", "version")
    texts = [f"{name}_{one}" for name in TEXTS for one in languages] if languages else list(TEXTS)
    names = [
        "code", "parent", "level", "path", *texts, "valence", *(["examples"] if not languages else []),
        *(f"examples_{one}" for one in languages), *links, "roles", "colour", "codable", "retired", "merged_into",
        "version", *(["codings"] if counts is not None else []),
    ]  # fmt: skip
    columns = [Column(name, "int" if name in (*numbers, "codings") else "text", _title(name, titles)) for name in names]
    rows: list[Row] = []
    for code in in_order(book):
        path = book.path(code.id)
        row: dict[str, Cell] = {
            "code": code.id,
            "parent": code.parent or "",
            "level": len(path),
            "path": " > ".join(step.name(spoken) for step in path),
            "valence": code.valence.value,
            "roles": " ".join(code.roles),
            "colour": code.colour,
            "codable": int(code.codable),
            "retired": int(code.retired),
            "merged_into": code.merged_into or "",
            "version": code.version,
            "codings": (counts or {}).get(code.id, 0),
        }
        for name in TEXTS:
            text: Mapping[str, str] = getattr(code, name)
            row[name] = in_language(text, spoken)
            row |= {f"{name}_{one}": text.get(one, "") for one in languages}
        row["examples"] = examples(code, spoken)
        row |= {f"examples_{one}": examples(code, one, only=True) for one in languages}
        row |= {name: code.links.get(name, "") for name in links}
        rows.append(row)
    return Table(columns, rows)


def examples(code: Code, spoken: str, *, only: bool = False) -> str:
    """The examples of a code in a language, a line for each; in all languages where it has none in that one.

    `only`: none instead.
    """
    own = [example for example in code.examples if example.language == spoken]
    shown = own if own or only else code.examples
    return "\n".join(f"{example.valence.sign} {example.text}" for example in shown)


def _title(name: str, titles: Mapping[str, str]) -> str:
    if name in titles:
        return titles[name]
    stem, _line, spoken = name.rpartition("_")
    return f"{titles[stem]} ({spoken})" if stem in titles else name


def _titles() -> dict[str, str]:
    return {
        "code": _("Code"),
        "parent": _("Parent"),
        "level": _("Level"),
        "path": _("Path"),
        "label": _("Label"),
        "definition": _("Definition"),
        "include_when": _("Use when"),
        "exclude_when": _("Not when"),
        "valence": _("Direction"),
        "examples": _("Examples"),
        "roles": _("Roles"),
        "colour": _("Colour"),
        "codable": _("Codable"),
        "retired": _("Retired"),
        "merged_into": _("Merged into"),
        "version": _("Version"),
        "codings": _("Codings"),
    }
