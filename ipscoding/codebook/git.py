"""Codebooks in git: the merge driver that git calls, and installing it in a repository."""

import shlex
import shutil
import subprocess
import sys
from dataclasses import dataclass
from pathlib import Path

from ipscoding.codebook import marks, merge, patch
from ipscoding.codebook.check import examine_text
from ipscoding.codebook.faults import Faults
from ipscoding.codebook.source import text_of
from ipscoding.domain import Codebook
from ipscoding.errors import FileProblem, system_reason
from ipscoding.i18n import N_, _

DRIVER = "ipscoding-codebook"
ATTRIBUTE = f"*.yaml merge={DRIVER}"
_NAME = N_("codebooks by code and field")


@dataclass(frozen=True)
class Outcome:
    """What the driver did: the merge by code and field, or None where git's own merge by lines was used.

    `clean` says that nothing is left to decide.
    """

    merged: merge.Merged | None
    clean: bool


def install(repository: Path) -> list[Path]:
    """Make git merge the codebooks of a repository by code and field; gives the files that were changed.

    Writes `.gitattributes` (every `*.yaml`; files that are no codebooks are merged by lines as before) and the driver
    into the repository's own configuration. Doing it again changes nothing but the program's place.

    Raises:
        FileProblem: git is not there, the folder is no repository, or a file cannot be written.
    """
    top = Path(_git(repository, "rev-parse", "--show-toplevel").strip())
    program = [found] if (found := shutil.which("ipscoding")) else [sys.executable, "-m", "ipscoding"]
    _git(top, "config", f"merge.{DRIVER}.name", _(_NAME))
    _git(top, "config", f"merge.{DRIVER}.driver", f"{shlex.join(program)} codebook git-merge %O %A %B %P")
    changed = [Path(_git(top, "rev-parse", "--git-path", "config").strip())]
    attributes = top / ".gitattributes"
    try:
        text = attributes.read_text("utf-8") if attributes.exists() else ""
        if ATTRIBUTE not in text.splitlines():
            gap = "" if not text or text.endswith("\n") else "\n"
            attributes.write_text(f"{text}{gap}{ATTRIBUTE}\n", "utf-8")
            changed.append(attributes)
    except OSError as error:
        raise FileProblem(
            _("{file}: cannot be written ({reason})").format(file=attributes, reason=system_reason(error))
        ) from error
    return changed


def _git(folder: Path, *arguments: str) -> str:
    try:
        done = subprocess.run(
            ["git", "-C", str(folder), *arguments], capture_output=True, text=True, encoding="utf-8", check=False
        )
    except OSError as error:
        raise FileProblem(
            _("git cannot be started"), _("Install git, or merge with ipscoding codebook merge")
        ) from error
    if done.returncode:
        raise FileProblem(
            _("{folder}: git says no ({reason})").format(
                folder=folder, reason=" ".join(done.stderr.split()) or done.returncode
            ),
            _("Name a folder inside a git repository"),
        )
    return done.stdout


def drive(base: Path, ours: Path, theirs: Path) -> Outcome:
    """Merge as git asks: the result is written over `ours`, with markers where something is to decide.

    A file that is no codebook without faults on every side is merged by lines, as git would have done.

    Raises:
        FileProblem: a file cannot be read or written.
    """
    texts = [_text(path) for path in (base, ours, theirs)]
    books = [_book(text, ours.parent) if text else None for text in texts]
    mine, yours = books[1], books[2]
    if mine is None or yours is None or (texts[0] and books[0] is None) or mine.id != yours.id:
        return Outcome(None, _by_lines(base, ours, theirs))
    merged = merge.merge(books[0], mine, yours)
    text = patch.text_after(texts[1] or "", merged.codebook, (texts[2] or "",))
    if merged.conflicts:
        text = marks.marked(text, merged.conflicts)
    elif _book(text, ours.parent) is None:
        return Outcome(None, _by_lines(base, ours, theirs))
    try:
        # git's own temporary file: nothing is lost if this fails, and git would not find a new one of that name
        ours.write_bytes(text.encode("utf-8"))
    except OSError as error:
        raise FileProblem(
            _("{file}: cannot be written ({reason})").format(file=ours, reason=system_reason(error))
        ) from error
    return Outcome(merged, not merged.conflicts)


def _text(path: Path) -> str | None:
    """The text of a file; None where it is not UTF-8, empty where one side does not have it."""
    return text_of(path, Faults())


def _book(text: str, folder: Path) -> Codebook | None:
    book, faults = examine_text(text, folder)
    return None if faults.grave() else book


def _by_lines(base: Path, ours: Path, theirs: Path) -> bool:
    done = subprocess.run(["git", "merge-file", str(ours), str(base), str(theirs)], capture_output=True, check=False)
    if done.returncode > 127 or done.returncode < 0:
        raise FileProblem(_("{file}: git cannot merge it").format(file=ours))
    return done.returncode == 0
