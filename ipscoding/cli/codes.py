"""Codes as a table and one code as a page."""

from collections.abc import Mapping

from ipscoding.analysis.table import Column, Row, Table
from ipscoding.domain import Code, Codebook, Valence, in_language
from ipscoding.i18n import _, language, quoted


def codes_table(book: Codebook, counts: Mapping[str, int] | None) -> Table:
    """A row for each code in the order of the tree, with how often it is used where that is known."""
    spoken = language()
    columns = [
        Column("code", "text", _("Code")),
        Column("label", "text", _("Label")),
        Column("domain", "text", _("Domain"), detail=True),
        *([Column("codings", "int", _("Codings"))] if counts is not None else []),
        Column("version", "int", _("Version"), detail=True),
        Column("definition", "text", _("Definition"), detail=counts is not None),
    ]
    rows: list[Row] = []
    for code in _in_order(book):
        domain = book.domain(code.id)
        rows.append(
            {
                "code": code.id,
                "label": ("" if code.parent is None else "  ") + code.name(spoken),
                "domain": domain.id if domain else "",
                "codings": (counts or {}).get(code.id, 0) if code.codable else None,
                "version": code.version,
                "definition": in_language(code.definition, spoken),
            }
        )
    title = in_language(book.title, spoken)
    codable = sum(code.codable for code in book.codes)
    note = _("{title}: {codes} codes in {domains} domains.").format(
        title=title or book.id, codes=codable, domains=len(book.children(None))
    )
    return Table(columns, rows, [note])


def _in_order(book: Codebook) -> list[Code]:
    return [code for top in book.children(None) for code in book.under(top.id)]


def one_code(book: Codebook, code_id: str) -> str:
    """Everything the codebook says about one code, for reading. Raises `NotFound`."""
    code = book.by_id.get(code_id)
    if code is None:
        from ipscoding.project.codebooks import unknown_code

        raise unknown_code(code_id, book.by_id)
    spoken = language()
    path = " > ".join(step.name(spoken) for step in book.path(code_id))
    parts = [f"{code.id}  {code.name(spoken)}", path]
    for title, text in (
        (_("Definition"), code.definition),
        (_("Use when"), code.include_when),
        (_("Not when"), code.exclude_when),
    ):
        if in_language(text, spoken):
            parts.append(f"{title}: {in_language(text, spoken)}")
    parts.append(_("Valence: {valence}").format(valence=_allowed(code)))
    parts += [f"{example.valence.sign} {quoted(example.text)}" for example in code.examples]
    parts += [f"{framework}: {item}" for framework, item in sorted(code.links.items())]
    return "\n".join(parts)


def _allowed(code: Code) -> str:
    names = {
        Valence.BOTH: _("barrier or facilitator"),
        Valence.BARRIER: _("barrier"),
        Valence.FACILITATOR: _("facilitator"),
        Valence.NONE: _("without direction"),
    }
    return names[code.valence]
