"""What the dashboard asks of a project, and the answer; made in a thread of its own, so it knows no widget."""

from collections.abc import Callable
from dataclasses import dataclass, field

from ipscoding.analysis import CONSENSUS, Table
from ipscoding.analysis.chart import Chart, chart_of
from ipscoding.analysis.of_project import frequencies_of
from ipscoding.project import Project, codebooks, codings, documents, excerpts

UNITS = ("segments", "informants")
EACH = "\0each"
"""In place of a coder's name: every coder apart."""


@dataclass(frozen=True, slots=True)
class Wish:
    """What to count: `by` code or domain, roles apart or not, whose codings (empty: any), and a query."""

    by: str = "code"
    roles: bool = False
    coder: str = ""
    where: str = ""


@dataclass(slots=True)
class Answer:
    """The figures for a wish; `table` is what an export holds. `coders` may be chosen; `blind`: only one's own may."""

    wish: Wish
    chart: Chart = field(default_factory=lambda: Chart([], []))
    table: Table = field(default_factory=lambda: Table([], []))
    coders: list[str] = field(default_factory=list)
    counted: list[str] = field(default_factory=list)
    blind: bool = False
    codings: int = 0
    documents: int = 0
    codes: int = 0


def blind_to_others(project: Project) -> bool:
    """Whether others' codings are hidden from this coder in some interview: then figures over them are, too."""
    return excerpts.kept_back(project) > 0


def count(project: Project, wish: Wish, wanted: Callable[[], bool] = lambda: True) -> Answer:
    """Count what is wished; `wanted` is asked between the steps whether anybody still waits for it."""
    made: dict[str, int] = {}
    for (_document, coder), n in codings.made_by(project).items():
        made[coder] = made.get(coder, 0) + n
    book = codebooks.load(project)
    blind = blind_to_others(project)
    names = [name for name in sorted(made, key=str.casefold) if not blind or name == project.coder]
    answer = Answer(
        wish,
        coders=names,
        blind=blind,
        codings=sum(made[name] for name in names),
        documents=len(documents.all(project)),
        codes=len(book.active()),
    )
    if not names:
        return answer
    if blind:
        chosen: list[str] | None = names
    elif wish.coder == EACH:
        chosen = names
    else:
        chosen = [wish.coder] if wish.coder in made else None
    answer.counted = chosen or ([CONSENSUS] if CONSENSUS in made else names)
    whole = frequencies_of(project, by=(wish.by,), units=UNITS, coders=chosen, sides=True, where=wish.where)
    tables = [whole]
    if wish.roles and wanted():
        tables.append(
            frequencies_of(project, by=(wish.by, "role"), units=UNITS, coders=chosen, sides=True, where=wish.where)
        )
    domains = {code.id: book.path(code.id)[0].id for code in book.codes}
    answer.table = tables[-1]
    answer.chart = chart_of(wish.by, *tables, domains=domains)
    return answer
