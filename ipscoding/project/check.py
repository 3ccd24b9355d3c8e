"""Is the project sound? The file, its indexes, and whether the tables say what the journal says."""

from dataclasses import dataclass

from ipscoding.errors import ProjectProblem
from ipscoding.i18n import _
from ipscoding.project import journal
from ipscoding.project.entities import Fields
from ipscoding.project.store import Project


@dataclass(frozen=True)
class Check:
    """One thing that was looked at; `found` is empty where it is sound."""

    name: str
    found: str = ""


def check(project: Project) -> list[Check]:
    """Look at everything that can be wrong with a project file; changes nothing."""
    return [
        Check(_("The file is whole"), _integrity(project)),
        Check(_("Every reference leads somewhere"), _references(project)),
        Check(_("The tables say what the journal says"), _journal(project)),
        Check(_("Every coding holds the words of its text"), _quotes(project)),
        Check(_("The search index fits the texts"), _index(project)),
    ]


def _integrity(project: Project) -> str:
    found = [row["integrity_check"] for row in project.rows("PRAGMA integrity_check(10)")]
    return "" if found == ["ok"] else "; ".join(found)


def _references(project: Project) -> str:
    found = {row["table"] for row in project.rows("PRAGMA foreign_key_check")}
    return ", ".join(sorted(found))


def _journal(project: Project) -> str:
    now, told = journal.state(project), journal.replay(project)
    return ", ".join(f"{kind}: {len(_different(now[kind], told[kind]))}" for kind in now if now[kind] != told[kind])


def _different(one: dict[str, Fields], other: dict[str, Fields]) -> set[str]:
    return {entity for entity in one.keys() | other.keys() if one.get(entity) != other.get(entity)}


def _quotes(project: Project) -> str:
    n = project.value(
        "SELECT count(*) FROM codings g JOIN documents d ON d.id = g.document JOIN texts t ON t.sha256 = d.text"
        " WHERE g.quote <> substr(t.text, g.start + 1, g.end - g.start)"
    )
    return str(n) if n else ""


def _index(project: Project) -> str:
    if project.read_only:
        return ""
    try:
        with project.writing():
            project.execute("INSERT INTO speech_index (speech_index, rank) VALUES ('integrity-check', 1)")
            project.db.conn.rollback()
    except ProjectProblem as error:
        return str(error)
    return ""
