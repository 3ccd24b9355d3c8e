"""The public Python API, for notebooks: a project's rows and figures, as pandas or polars takes them.

    import ipscoding, pandas
    with ipscoding.open("study.ipscoding") as study:
        pandas.DataFrame(study.freq(by=["role", "valence"]))
        pandas.DataFrame(study.excerpts(codes=["org.*"]))

Rows are plain dicts with the columns of the files that the commands write; figures are made by the same functions.
"""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import asdict
from pathlib import Path
from typing import Any

from ipscoding.analysis.agreement import Question, agreement_of, disagreements_table, standing
from ipscoding.analysis.comparison import compare, state_at
from ipscoding.analysis.cooccurrence import pairs_table
from ipscoding.analysis.fidelity import fidelity_of
from ipscoding.analysis.matrices import Case
from ipscoding.analysis.of_project import cooccurrence_of, crosstab_of, frequencies_of
from ipscoding.analysis.saturation import Asked as Saturation
from ipscoding.analysis.saturation import saturation_of
from ipscoding.analysis.triangulation import Asked as Triangulation
from ipscoding.analysis.triangulation import condition, split, triangulation_of
from ipscoding.domain import Codebook, Transcript
from ipscoding.exchange.codings_out import codings_table_of
from ipscoding.exchange.project_tables import Chosen, matrix_of
from ipscoding.exchange.report import Wanted, write_report
from ipscoding.project import Project, codebooks, documents, informants, open_project

Rows = list[dict[str, Any]]


class Study:
    """An open project for reading. Use it in a `with` block, or call `close`."""

    def __init__(self, project: Project) -> None:
        self.project = project

    def __enter__(self) -> "Study":
        return self

    def __exit__(self, *_exc: object) -> None:
        self.close()

    def close(self) -> None:
        """Let go of the file."""
        self.project.close()

    @property
    def name(self) -> str:
        """What the study is called."""
        return self.project.name

    @property
    def codebook(self) -> Codebook:
        """The project's codebook."""
        return codebooks.load(self.project)

    def transcript(self, document: str) -> Transcript:
        """The text of an interview (by name or id) with turns and sentences."""
        return documents.transcript(self.project, documents.find(self.project, document).id)

    def documents(self) -> Rows:
        """A row for each interview."""
        return [asdict(document) for document in documents.all(self.project)]

    def informants(self) -> Rows:
        """A row for each informant, attributes as columns."""
        return [
            {"informant": person.name, "role": person.role, **person.attributes}
            for person in informants.all(self.project)
        ]

    def excerpts(self, *, language: str | None = None, **filters: Any) -> Rows:
        """The codings table: a row for each coding; filters: `where`, and those of `ipscoding.analysis.query.asked`."""
        return [dict(row) for row in codings_table_of(self.project, language=language, **filters).rows]

    def freq(
        self,
        by: Sequence[str] = ("code",),
        units: Sequence[str] = ("segments", "informants"),
        coders: Collection[str] | None = None,
        **options: Any,
    ) -> Rows:
        """Frequencies, the rows of `ipscoding freq`; options as in `ipscoding.analysis.frequencies.frequencies`."""
        table = frequencies_of(self.project, by=by, units=units, coders=coders, **options)
        return [dict(row) for row in table.rows]

    def crosstab(self, rows: str, columns: str, *, unit: str = "informants", **options: Any) -> Rows:
        """One thing by another, a row for each cell, as `ipscoding crosstab --long` gives them.

        Options as in `ipscoding.analysis.crosstab_table.crosstab` (`where`, `coders`, `pooled`, `min_cell`).
        """
        return [dict(row) for row in crosstab_of(self.project, rows, columns, unit=unit, **options).rows]

    def cooccur(
        self, within: str = "overlap", *, by_valence: bool = False, zeros: bool = False, **options: Any
    ) -> Rows:
        """Pairs of codes that stand near each other, the rows of `ipscoding cooccur`.

        Options as in `ipscoding.analysis.cooccurrence.cooccurrence` (`where`, `coders`, `pooled`, `min_cell`).
        """
        found, _kept_back = cooccurrence_of(self.project, within=within, by_valence=by_valence, **options)
        return [dict(row) for row in pairs_table(found, zeros=zeros).rows]

    def matrix(
        self,
        case: Case = "document",
        *,
        coders: Collection[str] = (),
        codes: Collection[str] = (),
        where: str = "",
        binary: bool = False,
        by_valence: bool = False,
        pooled: bool = False,
    ) -> Rows:
        """Codes by interview or informant, the rows of `ipscoding export --to matrix`."""
        chosen = Chosen(coders=coders, codes=codes, where=where)
        made = matrix_of(self.project, chosen, case=case, binary=binary, by_valence=by_valence, pooled=pooled)
        return [dict(row) for row in made.rows]

    def saturation(
        self,
        by: Sequence[str] = (),
        *,
        order: str = "date",
        coders: Collection[str] | None = None,
        pooled: bool = False,
        where: str = "",
        **asked: Any,
    ) -> Rows:
        """Saturation, the rows of `ipscoding saturation`; `asked` as in `ipscoding.analysis.saturation.Asked`."""
        question = Saturation(by=tuple(by), **asked)
        table = saturation_of(self.project, question, order=order, where=where, coders=coders, pooled=pooled)
        return [dict(row) for row in table.rows]

    def triangulate(
        self,
        by: Sequence[str] = (),
        *,
        split_date: str | None = None,
        more_than: Mapping[str, float | str] | None = None,
        at_least: Mapping[str, float | str] | None = None,
        less_than: Mapping[str, float | str] | None = None,
        at_most: Mapping[str, float | str] | None = None,
        coders: Collection[str] | None = None,
        pooled: bool = False,
        codes: Collection[str] = (),
        where: str = "",
        **asked: Any,
    ) -> Rows:
        """What each group says of each code, the rows of `ipscoding triangulate`; a share is 0.5, "50%" or "1/2".

        `asked` as in `ipscoding.analysis.triangulation.Asked`: `rows`, `side`, `sort`, `long`, `quotes`, `periods`.
        """
        given = {"more-than": more_than, "at-least": at_least, "less-than": less_than, "at-most": at_most}
        conditions = [
            condition(kind, f"{group}={share}")
            for kind, shares in given.items()
            for group, share in (shares or {}).items()
        ]
        if split_date is not None:
            asked["periods"] = split(split_date)
        question = Triangulation(by=tuple(by), conditions=conditions, **asked)
        made = triangulation_of(self.project, question, where=where, coders=coders, pooled=pooled, codes=codes)
        return [dict(row) for row in made.table.rows]

    def fidelity(self, *, sites: Collection[str] = (), totals: bool = False, **options: Any) -> Rows:
        """Fidelity scores beside what was coded, the rows of `ipscoding fidelity`; `totals`: only each site's total.

        `options` as in `ipscoding.analysis.fidelity.fidelity_of`.
        """
        return [dict(row) for row in fidelity_of(self.project, sites=sites, only_totals=totals, **options).rows]

    def compare(self, *, at: str = "", other: Path | str | None = None, **options: Any) -> Rows:
        """What changed from the date `at`, or from the project `other`, to this project now; rows of `compare`.

        Options as in `ipscoding.analysis.comparison.compare`.
        """
        if other is None:
            before = state_at(self.project, at)
        else:
            with open_project(other) as project:
                before = state_at(project, at)
        return [dict(row) for row in compare(before, state_at(self.project), **options).table.rows]

    def agree(self, *, coders: Collection[str] | None = None, missing: bool = False, **options: Any) -> Rows:
        """Agreement between coders, the rows of `ipscoding agree`; options as in `analysis.agreement.Question`."""
        table = agreement_of(self.project, Question(**options), coders=coders, missing=missing)
        return [dict(row) for row in table.rows]

    def disagreements(self, *, coders: Collection[str] | None = None) -> Rows:
        """A row for each passage on which coders differ, with what was decided about it."""
        return [dict(row) for row in disagreements_table(self.project, standing(self.project, coders)).rows]

    def report(
        self,
        path: Path | str,
        *,
        coders: Collection[str] = (),
        parts: Collection[str] = (),
        **wanted: Any,
    ) -> None:
        """Write the report to `path` (.html, .docx, .md), as `ipscoding report` does.

        `wanted` as in `ipscoding.exchange.report.Wanted`: `where`, `min_cell`, `quotes`, `pseudonyms`, `date`, ...
        """
        write_report(self.project, Path(path), Wanted(coders=tuple(coders), parts=tuple(parts), **wanted))


def open_study(path: Path | str) -> Study:
    """Open the project at `path`. Raises `ipscoding.errors.ProjectProblem`."""
    return Study(open_project(path))
