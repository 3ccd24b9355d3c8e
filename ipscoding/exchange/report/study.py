"""What a report knows of a study: the project, looked through once."""

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import Any

from ipscoding.analysis.coders import Coders
from ipscoding.analysis.material import Material, material
from ipscoding.analysis.of_project import frequencies_of, read
from ipscoding.analysis.query import asked
from ipscoding.analysis.saturation import Asked as Saturation
from ipscoding.analysis.saturation import saturation_of
from ipscoding.analysis.table import Row, Table
from ipscoding.domain import CONSENSUS, Codebook, Document, Excerpt, Informant
from ipscoding.exchange.codebook_table import in_order
from ipscoding.exchange.report.figures import Figures, figures_from
from ipscoding.exchange.report.wanted import Wanted
from ipscoding.project import Project, documents, journal


@dataclass(frozen=True)
class Study:
    """A project and what is wanted of it. What is asked for twice is read once."""

    project: Project
    wanted: Wanted

    @cached_property
    def material(self) -> Material:
        """What figures are made of."""
        given = read(self.project, asked(self.wanted.where))
        return material(**given, coders=self.wanted.coders or None, pooled=self.wanted.pooled)

    @property
    def book(self) -> Codebook:
        """The codebook."""
        return self.material.codebook

    @cached_property
    def documents(self) -> list[Document]:
        """The interviews that are reported on."""
        return list({one.document.id: one.document for one in self.material.interviews.all}.values())

    @cached_property
    def people(self) -> list[Informant]:
        """The informants of these interviews; an interview without one on record counts as one person."""
        found: dict[str, Informant] = {}
        for one in self.material.interviews.all:
            found.setdefault(one.person, Informant("", one.name, one.role, one.attributes))
        return list(found.values())

    @property
    def coders(self) -> Coders:
        """Whose codings count."""
        return self.material.coders

    @property
    def layers(self) -> tuple[tuple[str, ...], ...]:
        """The coders whose codings make one set of figures each."""
        names = self.coders.names
        return tuple((name,) for name in names) if self.coders.apart else ((names,) if names else ((),))

    @cached_property
    def rows(self) -> list[Excerpt]:
        """The codings that count: of these coders, in these interviews, as the query asks, of what informants say."""
        there = {document.id for document in self.documents}
        chosen = self.material.chosen
        return [
            row
            for row in self.material.rows
            if row.coder in self.coders.names
            and row.document_id in there
            and (chosen is None or row.coding_id in chosen)
            and self.material.speech.heard(row.document_id, row.start, row.end)
        ]

    @cached_property
    def everybodys(self) -> list[Excerpt]:
        """The codings that people made in these interviews, whoever is counted; not the consensus layer."""
        there = {document.id for document in self.documents}
        return [row for row in self.material.rows if row.document_id in there and row.coder != CONSENSUS]

    @cached_property
    def figures(self) -> list[Figures]:
        """The figures of each layer of codings, in the order of `layers`."""
        made = []
        for coders in self.layers:
            options: dict[str, Any] = {
                "where": self.wanted.where, "coders": coders or None, "pooled": len(coders) > 1, "sides": True,
                "units": ("segments", "informants"),
            }  # fmt: skip
            whole = frequencies_of(self.project, by=("code",), **options)
            by_role = frequencies_of(self.project, by=("code", "role"), **options)
            name = ", ".join(coders)
            made.append(figures_from(name, _in_order(whole.rows, self.book), by_role.rows, self.wanted.min_cell))
        return made

    def saturation(self, part: str) -> Table:
        """The saturation of the interviews, as `ipscoding.analysis.saturation` gives it for a `part`.

        Raises `QueryProblem` where the query chooses among codings.
        """
        if part not in self._saturation:
            self._saturation[part] = saturation_of(
                self.project,
                Saturation(part=part),
                where=self.wanted.where,
                coders=self.wanted.coders or None,
                pooled=self.wanted.pooled,
            )
        return self._saturation[part]

    @cached_property
    def _saturation(self) -> dict[str, Table]:
        return {}

    @cached_property
    def statuses(self) -> dict[tuple[str, str], str]:
        """How far each coder has come with each interview, by document id and coder."""
        return documents.statuses(self.project)

    @cached_property
    def done_by(self) -> dict[str, list[str]]:
        """Who marked each of the interviews as done, by document id."""
        there: dict[str, list[str]] = {document.id: [] for document in self.documents}
        for (document, coder), status in sorted(self.statuses.items()):
            if status == "done" and coder != CONSENSUS and document in there:
                there[document].append(coder)
        return there

    @cached_property
    def date(self) -> str:
        """The day of the report: as wanted, else the day of the last act (in UTC); empty where there was none."""
        last = journal.history(self.project, limit=1)
        return self.wanted.date or (last[0].time[:10] if last else "")


def _in_order(rows: Sequence[Row], book: Codebook) -> list[Row]:
    rank = {code.id: number for number, code in enumerate(in_order(book))}
    return sorted(rows, key=lambda row: rank.get(str(row["code"]), len(rank)))
