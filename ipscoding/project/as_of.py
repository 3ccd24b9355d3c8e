"""The project as it was at a date: told by the journal, in memory, to be read as any project is."""

from ipscoding.errors import NotFound
from ipscoding.i18n import _
from ipscoding.project import connect, journal, placing
from ipscoding.project.codebook_changes import moment
from ipscoding.project.entities import ENTITIES
from ipscoding.project.merging import difference, log, texts
from ipscoding.project.merging.fold import fold
from ipscoding.project.store import Project


def as_of(project: Project, when: str) -> Project:
    """The project at `when` (a date: its end; or a date and time), in memory and read-only. Close it as any project.

    What people did in other copies counts from when they did it, not from when it was merged. The text of an interview
    is that of the time. Raises `NotFound` where `when` is no date, or the project was not made yet.
    """
    until = moment(when)
    past = Project(path=project.path, db=connect.snapshot(project.path), coder=project.coder)
    try:
        told = _told(past, until)
        if not told["project"]:
            raise NotFound(
                _("{path} was not made yet at {when}").format(path=project.path, when=when),
                _("Choose a later date; history shows when it was made"),
            )
        with past.writing():
            for kind in reversed(ENTITIES):
                past.execute(f"DELETE FROM {ENTITIES[kind].table}")
            for kind in ENTITIES:
                difference.insert(past, kind, told[kind])
            placing.place_missing(past)
    except BaseException:
        past.close()
        raise
    past.read_only = True
    return past


def _told(past: Project, until: str) -> journal.State:
    """All entities at the stamp `until`."""
    if past.value("SELECT 1 FROM received_commands LIMIT 1") is None:
        return journal.replay(past, until)
    # what was merged stands in the journal as it came out in the end; what it came from says how things were before
    acts = {identity: act for identity, act in log.read(past).items() if act.time <= until}
    return fold(acts, texts.hashes(past)).entities
