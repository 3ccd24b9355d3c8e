"""Merge other copies of a project, or projects that were started apart, into one."""

from collections import Counter
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime, timedelta
from pathlib import Path

from ipscoding.domain import Transcript
from ipscoding.errors import NotAllowed, ProjectProblem
from ipscoding.i18n import _
from ipscoding.project import backup, clock, coders, connect, journal, settings
from ipscoding.project.merging import log, texts
from ipscoding.project.merging.difference import Difference, apply, difference
from ipscoding.project.merging.fold import Folded, fold
from ipscoding.project.merging.identity import CODER_NAME, ONE_CODER
from ipscoding.project.merging.log import Act
from ipscoding.project.store import Project

_AHEAD = timedelta(minutes=10)


@dataclass
class Coming:
    """What comes from elsewhere: acts that this copy does not have, and texts; `own` are the acts it had then."""

    source: str
    own: dict[str, Act]
    seen: int
    acts: dict[str, Act] = field(default_factory=dict)
    transcripts: dict[str, Transcript] = field(default_factory=dict)
    ahead: timedelta = timedelta()


@dataclass(frozen=True)
class Count:
    """How many of one kind a merge adds, changes and takes away."""

    added: int = 0
    changed: int = 0
    removed: int = 0


@dataclass
class Merged:
    """What a merge did, or would do.

    Args:
        acts: how many acts were new here.
        counts: what that changed in the tables, by kind of entity; kinds where nothing changed are left out.
        codings_by: new codings by coder's name.
        united: codings of one coder that were there twice and are shown as one.
        following: codings that followed a code merged elsewhere.
        conflicts: how many conflicts there are now.
        waiting: interviews of which the text has not come.
        renamed: (kind, name, new name) of things that were called alike.
        hidden: others' codings that blind coding hides in this file.
        ahead: how far the clock of another machine goes ahead of this one.
        backup: the copy made before; None for a dry run.
    """

    acts: int = 0
    counts: dict[str, Count] = field(default_factory=dict)
    codings_by: dict[str, int] = field(default_factory=dict)
    united: int = 0
    following: int = 0
    conflicts: int = 0
    waiting: int = 0
    renamed: list[tuple[str, str, str]] = field(default_factory=list)
    hidden: int = 0
    ahead: timedelta = timedelta()
    backup: Path | None = None

    @property
    def anything(self) -> bool:
        """Whether there is anything that the project did not have, or that is different now."""
        return bool(self.acts or self.counts)


def merge(
    project: Project,
    others: Sequence[Path],
    *,
    dry_run: bool = False,
    one_coder: Collection[str] = (),
    new_names: Mapping[str, str] | None = None,
    apart: bool = False,
) -> Merged:
    """Bring what other project files did into `project`, as one act that can be undone; they are only read.

    A backup is made first. A `dry_run` only tells what would be done. Where nothing is new, nothing is done.

    Args:
        one_coder: names under which several copies know a coder who is one person.
        new_names: new names for coders of the other files who are called like another person here.
        apart: merge also a project that has neither an interview nor a code in common with this one.

    Raises `ProjectProblem` for a file that is missing, damaged, newer, given twice, or of another study, `NotAllowed`
    where two coders have one name and nobody has said whether they are one person; then nothing was changed.
    """
    _check_files(project, others)
    coming = read_files(project, others, apart=apart)
    return bring_in(project, coming, dry_run=dry_run, one_coder=one_coder, new_names=new_names or {})


def _check_files(project: Project, others: Sequence[Path]) -> None:
    seen = {_identity(project.path): project.path}
    for path in others:
        key = _identity(path)
        if key == _identity(project.path):
            raise ProjectProblem(
                _("{path}: this is the project itself").format(path=path), _("Name the other files to merge into it")
            )
        if key in seen:
            raise ProjectProblem(_("{path}: the file is given twice").format(path=path), _("Name each file once"))
        seen[key] = path


def _identity(path: Path) -> tuple[int, int] | str:
    try:
        found = path.stat()
    except OSError:
        return str(path.absolute())
    return (found.st_dev, found.st_ino) if found.st_ino else str(path.resolve())


@contextmanager
def opened(path: Path) -> Iterator[Project]:
    """Another project file as it is now, only to be read. Raises `ProjectProblem`."""
    db = connect.snapshot(path)
    try:
        yield Project(path=path, db=db, coder="", read_only=True)
    finally:
        db.close()


def read_files(project: Project, others: Sequence[Path], *, apart: bool = False) -> Coming:
    """What other project files have that `project` does not. Raises `ProjectProblem`."""
    seen, own = last(project), log.read(project)
    _check_whole(project.path, own, {})
    known = log.exchanged(own)
    here, codes = texts.hashes(project), _codes(own)
    studies = studies_of(own)
    coming = Coming(", ".join(path.name for path in others), own, seen)
    files: dict[Path, dict[str, Act]] = {}
    bases: dict[Path, set[str]] = {}
    for path in others:
        with opened(path) as other:
            acts = log.read(other)
            package = other.value("SELECT study FROM package")
            if package is not None and package not in studies:
                raise ProjectProblem(
                    _("{path}: this package belongs to another study").format(path=path),
                    _("Merge it into the project that it was made from; nothing was changed"),
                )
            apart_from = package is None and not (studies_of(acts) & studies)
            its_texts = texts.hashes(other)
            if apart_from and not apart and not (its_texts & here) and not (_codes(acts) & codes):
                raise ProjectProblem(
                    _("{path}: this is another study, with no interview and no code in common").format(path=path),
                    _("If the two are one study, merge with --apart; nothing was changed"),
                )
            files[path] = log.exchanged(acts)
            bases[path] = acts.keys() - files[path].keys()
            coming.transcripts.update(texts.read(other, its_texts - here - coming.transcripts.keys()))
    for acts in files.values():
        coming.acts.update({act_id: act for act_id, act in acts.items() if act_id not in known})
    everything = {**known, **coming.acts}
    for path, acts in files.items():
        if not bases[path] <= everything.keys():
            raise ProjectProblem(
                _("{path}: this package was made from a later state of the study than this file has").format(path=path),
                _("Merge the file that it was made from first; nothing was changed"),
            )
        _check_whole(path, acts, everything)
    coming.ahead = ahead(coming.acts.values())
    return coming


def _check_whole(path: Path, acts: dict[str, Act], others: dict[str, Act]) -> None:
    lost = len(acts) - len(log.complete(acts, others))
    if lost:
        raise log.gap(str(path))


def _codes(acts: Mapping[str, Act]) -> set[str]:
    return {
        str(event.changes["code"][1])
        for act in acts.values()
        for event in act.events
        if event.entity == "code" and event.action == "create"
    }


def studies_of(acts: Mapping[str, Act]) -> set[str]:
    """The ids under which a study was made: one, or several where projects started apart were merged."""
    return {
        event.entity_id
        for act in acts.values()
        for event in act.events
        if event.entity == "project" and event.action == "create"
    }


def ahead(acts: Iterable[Act]) -> timedelta:
    """How far the latest of these acts lies in the future of this machine's clock; zero where that is only minutes."""
    latest = max((clock.wall_time(act.time) for act in acts), default="")
    if not latest:
        return timedelta()
    by = datetime.fromisoformat(latest) - datetime.now(UTC)
    return by if by > _AHEAD else timedelta()


def viewer(project: Project) -> str | None:
    """The coder for whom this file was made, so that blind coding hides others' work in it; None for a whole study."""
    found = project.value("SELECT coder FROM package")
    return None if found is None else str(found)


@dataclass
class _Plan:
    folded: Folded
    difference: Difference


def bring_in(
    project: Project,
    coming: Coming,
    *,
    dry_run: bool = False,
    one_coder: Collection[str] = (),
    new_names: Mapping[str, str] | None = None,
    copy: Callable[[Project], Path] | None = None,
) -> Merged:
    """`merge` for acts and texts that were read already, from files or from a shared folder.

    `copy` makes the backup (default: one with the time in its name, beside the project).
    """
    may_merge(project)
    seen = coming.seen
    if all(act.name == journal.MERGE for act in coming.acts.values()):
        # they come with the next act that did something; else copies would exchange merges of merges for ever
        coming = replace(coming, acts={})
    told = _about_coders(project, coming, one_coder, new_names or {})
    plan = _plan(project, coming, coming.own, told)
    made = _report(project, plan, coming)
    if dry_run or not made.anything:
        return made
    made.backup = (copy or _backup)(project)
    for name, value in told.items():
        settings.set(project, name, value)
    with project.writing():
        if last(project) != seen:  # somebody worked on while this was thought out
            plan = _plan(project, coming, log.read(project), {})
            made = _report(project, plan, coming, made.backup)
        _write(project, plan, coming)
    return made


def _write(project: Project, plan: _Plan, coming: Coming) -> None:
    n, heads = len(coming.acts), log.heads(coming.acts.values())
    with journal.command(project, journal.MERGE, n=n, source=coming.source, heads=heads) as act:
        act.come_after(max((other.time for other in coming.acts.values()), default=""))
        act.open()
        log.keep(project, coming.acts.values(), act.id)
        texts.keep(project, coming.transcripts.values())
        apply(act, plan.difference, plan.folded)


def _plan(project: Project, coming: Coming, own: Mapping[str, Act], told: Mapping[str, str]) -> _Plan:
    acts = {**own, **coming.acts}
    if told:
        said = _as_said(project, acts, told)
        acts = {**acts, said.id: said}
    at_hand = texts.hashes(project) | coming.transcripts.keys()
    folded = fold(acts, at_hand, viewer(project))
    made = difference(project, folded)
    if told:  # that is an act of its own, before the merge
        for changes in made.changed["project"].values():
            for name in told:
                changes.pop(f"settings.{name}", None)
        made.changed["project"] = {one: changes for one, changes in made.changed["project"].items() if changes}
    return _Plan(folded, made)


def last(project: Project) -> int:
    """How far this copy's journal has come."""
    return int(project.value("SELECT coalesce(max(seq), 0) FROM commands"))


def _as_said(project: Project, acts: Mapping[str, Act], told: Mapping[str, str]) -> Act:
    """What is about to be said about coders, before it is."""
    changes = {f"settings.{name}": [None, value] for name, value in told.items()}
    last = log.in_order(acts.values())[-1]
    event = log.Event("update", "project", project.id, changes)
    time = clock.after(last.time, clock.now())
    return Act("said", last.id, time, project.coder_id() or "", "do", None, "settings", "{}", None, None, "", [event])


def _about_coders(
    project: Project, coming: Coming, one_coder: Collection[str], new_names: Mapping[str, str]
) -> dict[str, str]:
    """What is said with this merge about coders of one name, as settings of the project.

    Raises `NotAllowed` where two have one name and nobody has ever said whether they are one person.
    """
    people = ("coder", "project")
    folded = fold(
        {
            act.id: replace(act, events=[event for event in act.events if event.entity in people])
            for act in (*coming.own.values(), *coming.acts.values())
        },
        set(),
    )
    said = {
        name: str(value) for fields in folded.entities["project"].values() for name, value in fields.items() if value
    }
    alike: dict[str, list[str]] = {}
    for (kind, entity_id), (name, _new) in folded.renamed.items():
        if kind == "coder" and CODER_NAME + entity_id not in said:
            alike.setdefault(name, []).append(entity_id)
    told: dict[str, str] = {}
    here = {coder for (coder,) in project.tuples("SELECT id FROM coders")}
    for name, others in alike.items():
        if name in one_coder:
            told[ONE_CODER.removeprefix("settings.") + name] = "1"
        elif name in new_names and len(strangers := _strangers(folded, name, others, here)) == 1:
            told[CODER_NAME.removeprefix("settings.") + strangers[0]] = new_names[name]
        else:
            raise NotAllowed(
                _("{source}: there are two coders called {name}, made apart").format(source=coming.source, name=name),
                _(
                    'If they are one person, merge with --one-coder "{name}", else with --new-name "{name}=OTHER NAME"'
                    " (one file at a time); nothing was changed"
                ).format(name=name),
            )
    taken = {fields["name"] for fields in folded.entities["coder"].values()}
    for new in new_names.values():
        if new in taken:
            raise NotAllowed(_("There is a coder called {name} already").format(name=new), _("Choose another name"))
    return told


def _strangers(folded: Folded, name: str, others: list[str], here: Collection[str]) -> list[str]:
    """Ids of the coders of this name that only the other files have."""
    every = {entity_id for entity_id, fields in folded.entities["coder"].items() if fields["name"] == name}
    return sorted((every | set(others)) - set(here))


def _backup(project: Project) -> Path:
    stamp = datetime.now().strftime("%Y%m%d-%H%M%S")
    stem = f"{project.path.stem}.before-merge-{stamp}"
    for ending in ("", *(f"-{n}" for n in range(2, 1000))):
        target = project.path.with_name(f"{stem}{ending}.backup{project.path.suffix}")
        if not target.exists():
            break
    return backup.backup(project, target)


def _report(project: Project, plan: _Plan, coming: Coming, copy: Path | None = None) -> Merged:
    made, folded = plan.difference, plan.folded
    counts = {
        kind: Count(len(made.new[kind]), len(made.changed[kind]), len(made.gone[kind]))
        for kind in made.new
        if made.new[kind] or made.changed[kind] or made.gone[kind]
    }
    names = {coder: str(fields["name"]) for coder, fields in folded.entities["coder"].items()}
    return Merged(
        acts=len(coming.acts),
        counts=counts,
        codings_by=dict(sorted(Counter(names[one["coder"]] for one in made.new["coding"].values()).items())),
        united=folded.united,
        following=len(folded.following & (made.new["coding"].keys() | made.changed["coding"].keys())),
        conflicts=len(folded.entities["conflict"]),
        waiting=len(folded.waiting),
        renamed=sorted((kind, old, new) for (kind, _entity), (old, new) in folded.renamed.items()),
        hidden=folded.hidden,
        ahead=coming.ahead,
        backup=copy,
    )


def may_merge(project: Project) -> None:
    """Raises `NotAllowed` where the one who is coding may not bring in others' work: blind coding, and not the lead."""
    if settings.get(project, "blind", False) and viewer(project) is None:
        coders.check_lead(project)
