"""Exchange work through a shared folder: a network share, a git repository, a USB stick.

Each copy of a project puts files into the folder that hold acts (and the texts of interviews that they brought) which
no other file there holds yet, and takes in what the others put there. A file is named after its content and never
changed afterwards, so there is nothing to lock; one that was copied only in part does not fit its name and is skipped.
"""

import hashlib
import json
import os
import zlib
from collections.abc import Iterator
from contextlib import suppress
from dataclasses import dataclass, field
from pathlib import Path
from tempfile import mkstemp
from typing import Any

from ipscoding.errors import FileProblem, ProjectProblem, system_reason
from ipscoding.i18n import _
from ipscoding.project import backup
from ipscoding.project.journal import MERGE
from ipscoding.project.merging import log, merge, texts
from ipscoding.project.merging.log import Act
from ipscoding.project.store import Project
from ipscoding.project.texts import fingerprint

SUFFIX = ".ipsacts"
_MAGIC = "ipscoding-acts"
_VERSION = 2


@dataclass
class Synced:
    """What an exchange did, or would do.

    Args:
        merged: what came in.
        sent: how many acts went out, into the file `file` (None: nothing was new).
        texts_sent: how many interviews' texts went with them.
        broken: names of files that are not whole (yet) and were skipped.
        foreign: names of files of other studies.
        early: acts that wait for others that have not arrived.
    """

    merged: merge.Merged
    sent: int = 0
    texts_sent: int = 0
    file: Path | None = None
    broken: list[str] = field(default_factory=list)
    foreign: list[str] = field(default_factory=list)
    early: int = 0


@dataclass
class _Folder:
    """What the files of the folder hold together."""

    acts: dict[str, Act] = field(default_factory=dict)
    texts: dict[str, list[Any]] = field(default_factory=dict)
    broken: list[str] = field(default_factory=list)
    foreign: list[str] = field(default_factory=list)


def sync(
    project: Project, folder: Path, *, with_texts: bool = True, group: bool = False, dry_run: bool = False
) -> Synced:
    """Take in what other copies put into `folder` and put there what they do not have.

    What came in is one act that can be undone; one rolling backup is made before. A `dry_run` only tells what would
    be done.

    Args:
        with_texts: send also the texts of interviews that no file there holds.
        group: let the folder's group read the file (mode 0640); else only its owner can (0600).

    Raises `FileProblem` for a folder that cannot be used, `ProjectProblem` for a file there that a newer version of
    the program wrote, and what `merge` raises; then nothing was changed.
    """
    if not folder.is_dir():
        raise FileProblem(
            _("{path}: there is no such folder").format(path=folder),
            _("Make it first, where all of the team can read it"),
        )
    merge.may_merge(project)
    seen, own = merge.last(project), log.read(project)
    studies = merge.studies_of(own)
    there = _read_folder(folder, studies)
    known = log.exchanged(own)
    new = {act_id: act for act_id, act in there.acts.items() if act_id not in known}
    whole = log.complete(new, known)
    here = texts.hashes(project)
    coming = merge.Coming(
        folder.name,
        own,
        seen,
        whole,
        {sha256: texts.unpacked(packed) for sha256, packed in there.texts.items() if sha256 not in here},
        merge.ahead(whole.values()),
    )
    done = Synced(
        merge.bring_in(project, coming, dry_run=dry_run, copy=_backup),
        broken=there.broken,
        foreign=there.foreign,
        early=len(new) - len(whole),
    )
    _send(project, folder, there, studies, done, with_texts=with_texts, group=group, dry_run=dry_run)
    return done


def _backup(project: Project) -> Path:
    """One copy, from before the latest exchange that brought something."""
    target = project.path.with_name(f"{project.path.stem}.before-sync.backup{project.path.suffix}")
    fresh = target.with_name(f"{project.path.stem}.before-sync.new.backup{project.path.suffix}")
    with suppress(FileNotFoundError):
        fresh.unlink()
    backup.backup(project, fresh)
    fresh.replace(target)
    return target


def _read_folder(folder: Path, studies: set[str]) -> _Folder:
    found = _Folder()
    for path in sorted(folder.glob(f"*{SUFFIX}")):
        lines = _lines(path)
        if lines is None:
            found.broken.append(path.name)
            continue
        head = json.loads(next(lines))
        if head.get("version", 0) > _VERSION:
            raise ProjectProblem(
                _("{path}: written by a newer version of ipscoding").format(path=path),
                _("Update ipscoding to exchange with this folder; nothing was changed"),
            )
        if not studies & set(head["studies"]):
            found.foreign.append(path.name)
            continue
        for line in lines:
            kind, values = json.loads(line)
            if kind == "text":
                found.texts[fingerprint(values[0])] = values
            else:
                act = log.unpacked(values)
                found.acts.setdefault(act.id, act)
    return found


def _lines(path: Path) -> Iterator[str] | None:
    """The lines of a file of acts; None where it is not whole: its name does not fit its content."""
    try:
        packed = path.read_bytes()
    except OSError as error:
        raise FileProblem(
            _("{path}: cannot be read ({reason})").format(path=path, reason=system_reason(error)),
            _("Ask its owner for access to the files of the folder, or leave it out"),
        ) from error
    if hashlib.sha256(packed).hexdigest()[:32] != path.name.removesuffix(SUFFIX).rpartition("-")[2]:
        return None
    try:
        content = zlib.decompress(packed).decode("utf-8")
        if json.loads(content.partition("\n")[0]).get("format") != _MAGIC:
            return None
    except (zlib.error, ValueError, AttributeError):
        return None
    return iter(content.splitlines())


def _send(
    project: Project,
    folder: Path,
    there: _Folder,
    studies: set[str],
    done: Synced,
    *,
    with_texts: bool,
    group: bool,
    dry_run: bool,
) -> None:
    acts = log.exchanged(log.read(project))
    lacking = [act for act in log.in_order(acts.values()) if act.id not in there.acts]
    wanted = set()
    if with_texts:
        wanted = (_texts_of(acts) & texts.hashes(project)) - there.texts.keys()
    if all(act.name == MERGE for act in lacking):
        lacking = []
    if not lacking and not wanted:
        return
    done.sent, done.texts_sent = len(lacking), len(wanted)
    if dry_run:
        return
    head = {"format": _MAGIC, "version": _VERSION, "studies": sorted(studies | merge.studies_of(acts))}
    lines = [json.dumps(head)]
    lines += [_line("text", texts.packed(transcript)) for transcript in texts.read(project, wanted).values()]
    lines += [_line("act", packed) for packed in log.packed(lacking)]
    done.file = _put(folder, "\n".join(lines), lacking, group=group)


def _line(kind: str, values: list[Any]) -> str:
    # ASCII, so that no character in a text can pass for the end of a line
    return json.dumps([kind, values], separators=(",", ":"))


def _texts_of(acts: dict[str, Act]) -> set[str]:
    """Hashes of the texts that interviews of these acts have or had."""
    return {
        str(event.changes["text"][1])
        for act in acts.values()
        for event in act.events
        if event.entity == "document" and event.changes.get("text", [None, None])[1]
    }


def _put(folder: Path, content: str, acts: list[Act], *, group: bool) -> Path:
    packed = zlib.compress(content.encode("utf-8"), 6)
    last = acts[-1].time[:19].replace("-", "").replace(":", "") if acts else "texts"
    path = folder / f"{last}-{hashlib.sha256(packed).hexdigest()[:32]}{SUFFIX}"
    try:
        handle, name = mkstemp(prefix=".", suffix=".part", dir=folder)
        try:
            with os.fdopen(handle, "wb") as stream:
                stream.write(packed)
                stream.flush()
                os.fsync(stream.fileno())
            os.chmod(name, 0o640 if group else 0o600)  # noqa: PTH101
            Path(name).replace(path)
        except BaseException:
            with suppress(OSError):
                Path(name).unlink()
            raise
    except OSError as error:
        raise FileProblem(
            _("{path}: the folder cannot be written ({reason})").format(path=folder, reason=system_reason(error)),
            _("What the others had put there was taken in; choose a folder where you may write"),
        ) from error
    return path
