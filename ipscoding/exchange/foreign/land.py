"""Take another program's project into one of ours, as one act that one undo takes back."""

from collections.abc import Callable
from typing import Any

from ipscoding.errors import FileProblem
from ipscoding.exchange.foreign.land_codes import land_codes
from ipscoding.exchange.foreign.land_codings import land_codings, land_memos
from ipscoding.exchange.foreign.land_documents import land_documents
from ipscoding.exchange.foreign.landed import Landed
from ipscoding.exchange.foreign.landing import Landing
from ipscoding.exchange.foreign.project import ForeignProject
from ipscoding.i18n import _, ngettext
from ipscoding.project import Project, codebooks, documents, journal, settings

Advance = Callable[[float, str], None]


def land(
    project: Project,
    foreign: ForeignProject,
    source: str,
    *,
    dry_run: bool = False,
    on_progress: Advance = lambda _part, _what: None,
) -> Landed:
    """Take all of `foreign`, read from the file called `source`, into `project`; tells what came in and what did not.

    Whatever is there already stays as it is, so that reading a file again changes nothing: coders are matched by id,
    name and alias, codes by id or by label and place, documents by their text, codings by document, passage, code
    and coder. Keys that are UUIDs become ids where they are free. A `dry_run` only tells what would come in.
    Raises `NotAllowed` where the one who is coding only reads.
    """
    done = Landed(source, foreign.program, left_out=list(foreign.left_out), doubts=list(foreign.doubts))
    done.notes += foreign.notes
    total = max(len(foreign.documents) + len(foreign.codings), 1)
    steps = 0

    def step(what: str = "") -> None:
        nonlocal steps
        steps += 1
        if what or not steps % 100:
            on_progress(min(steps / total, 1.0), what)

    try:
        _land_all(project, foreign, done, dry_run, step)
    except (KeyError, TypeError, ValueError, AttributeError) as error:
        if not foreign.kept:
            raise
        what = _("{file}: the note of ipscoding in it was changed and cannot be read").format(file=source)
        raise FileProblem(what, _("Delete that note in the program that the file comes from")) from error
    return done


def _land_all(
    project: Project, foreign: ForeignProject, done: Landed, dry_run: bool, step: Callable[[str], None]
) -> None:
    with journal.command(project, "land", dry_run=dry_run, n=0, program=foreign.program or done.name) as act:
        fresh = not project.value("SELECT (SELECT count(*) FROM codes) + (SELECT count(*) FROM documents)")
        landing = Landing(project, foreign, act, done, fresh)
        for key in foreign.kept.get("coder", {}):
            landing.coder(key)
        land_codes(landing)
        land_documents(landing, step)
        land_codings(landing, lambda: step(""))
        land_memos(landing)
        _land_kept(landing)
        if foreign.kept:
            codebooks.load(project)  # what cannot be read again must not come in
        act.describe(n=done.of("document").new)


def _land_kept(landing: Landing) -> None:
    """What only this program writes: statuses, bookmarks, decisions on suggestions and on disagreements, settings."""
    lost = 0
    known = set(landing.project.tuples("SELECT document, coder FROM statuses"))
    for key in landing.foreign.kept.get("status", {}):
        values = landing.kept("status", key) or {}
        document = landing.documents.get(values["document"])
        if document is None:
            lost += 1
        elif (document.id, landing.coder(values["coder"])) not in known:
            documents.write_status(landing.act, document.id, values["status"], landing.coder(values["coder"]))
            landing.done.of("status").new += 1
        else:
            landing.done.of("status").matched += 1
    for kind, table in (
        ("decision", "made_decisions"),
        ("adjudication", "made_adjudications"),
        ("bookmark", "made_bookmarks"),
    ):
        for key in landing.foreign.kept.get(kind, {}):
            here = _here(landing, landing.kept(kind, key) or {})
            if here is None:
                lost += 1
            elif landing.known_id(table, key):
                landing.done.of(kind).matched += 1
            else:
                landing.act.create(kind, landing.free_id(table, key), here)
                landing.done.of(kind).new += 1
    kept = (landing.kept("project", "project") or {}).get("settings", {})
    for name, value in kept.items() if landing.fresh else ():
        if settings.get(landing.project, name) is None:
            settings.set(landing.project, name, value)
    if lost:
        landing.done.left_out.append(
            ngettext(
                "{n} status or decision about something that was left out",
                "{n} statuses or decisions about things that were left out",
                lost,
            ).format(n=lost)
        )


def _here(landing: Landing, values: dict[str, Any]) -> dict[str, Any] | None:
    """The values with what they refer to as it is called here; None where something of it is not here."""
    document = landing.documents.get(values["document"])
    if document is None or ("code" in values and values["code"] not in landing.codes):
        return None
    here = {**values, "document": document.id, "coder": landing.coder(values["coder"])}
    if "code" in values:
        here["code"] = landing.codes[values["code"]]
    if isinstance(values.get("coding"), str):
        here["coding"] = landing.codings.get(values["coding"])
    if isinstance(values.get("codings"), dict):
        here["codings"] = {landing.codings.get(key, key): value for key, value in values["codings"].items()}
    return here
