"""A whole project as one Excel workbook: a sheet for each of its tables, and one that says how it was counted."""

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import BinaryIO

from ipscoding.analysis import Column, Row, Table, Tabular
from ipscoding.analysis.of_project import frequencies_of
from ipscoding.exchange import project_tables
from ipscoding.exchange.codebook_table import codebook_table
from ipscoding.exchange.project_tables import Chosen
from ipscoding.exchange.xlsx_out import notes_table, write_book
from ipscoding.i18n import _, ngettext
from ipscoding.project import Project, codebooks, codings

Advance = Callable[[float, str], None]
"""Called with the part that is done (0 to 1) and what is being done."""

_EVERY = 500


def write_workbook(
    project: Project,
    stream: BinaryIO,
    chosen: Chosen,
    *,
    pooled: bool = False,
    folder: Path | None = None,
    advance: Advance | None = None,
) -> None:
    """Write the chosen part of `project` as an Excel workbook.

    Sheets: codings, frequencies by code, frequencies by code and role, codebook, informants, interviews, coders,
    memos, how it was counted. Whose codings are counted is as for `freq`: the chosen coders', else the consensus where
    there is one, else each coder's in rows apart, unless `pooled`. `folder` is where rows pass through, as in
    `write_book`. Raises `NotFound` for what the project does not have, `FileProblem` for too many rows.
    """
    counted = {
        (by, name): frequencies_of(
            project,
            by=by,
            coders=chosen.coders or None,
            codes=chosen.codes,
            where=chosen.where,
            roles=chosen.roles,
            names=chosen.names,
            pooled=pooled,
        )
        for by, name in ((("code",), _("Frequencies")), (("code", "role"), _("Frequencies by role")))
    }
    rows = project_tables.codings_table(project, chosen)
    notes = list(rows.notes)
    for (_by, name), table in counted.items():
        notes += [f"{name}: {note}" for note in table.notes]
    notes.append(_("Codings: every coding of the coders chosen, one row each, what the interviewer says included."))

    def sheets() -> Iterator[tuple[str, Tabular]]:
        n = sum(codings.counts(project).values())
        yield _("Codings"), _Told(rows.columns, rows.rows, n, advance)
        for (_by, name), table in counted.items():
            yield name, Table(table.columns, table.rows)
        yield _("Codebook"), codebook_table(codebooks.load(project))
        yield _("Informants"), project_tables.informants_table(project, chosen)
        yield _("Interviews"), project_tables.documents_table(project, chosen)
        yield _("Coders"), project_tables.coders_table(project, chosen)
        yield _("Memos"), project_tables.memos_table(project, chosen)
        yield _("How it was counted"), notes_table(notes)

    write_book(sheets(), stream, folder)


@dataclass(frozen=True, slots=True)
class _Told:
    """A table that tells how many of its rows have been taken; `n` is about how many there are."""

    columns: list[Column]
    made: Iterable[Row]
    n: int
    advance: Advance | None
    notes: tuple[str, ...] = ()

    @property
    def rows(self) -> Iterator[Row]:
        """The rows, one at a time."""
        for number, row in enumerate(self.made):
            if self.advance and number % _EVERY == 0:
                said = ngettext("{n} coding", "{n} codings", number).format(n=number)
                self.advance(min(number / max(self.n, 1), 1.0), said)
            yield row
