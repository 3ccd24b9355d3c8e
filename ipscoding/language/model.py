"""The trained model `nb_core_news_sm`: is it there, put it there, take it away, load it.

It is never needed. It is installed by an explicit act only: from a wheel file that somebody brought (closed zones), or
from Explosion's release, whose checksum is known. A wheel is a zip file; its model folder is unpacked into the user's
data folder and loaded from there by its path, so that no package manager and no administrator is needed.
"""

import hashlib
import json
import os
import shutil
import stat
import tempfile
import zipfile
import zlib
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from functools import lru_cache
from importlib.metadata import version as installed_version
from importlib.util import find_spec
from pathlib import Path, PurePosixPath
from typing import TYPE_CHECKING

from ipscoding.errors import FileProblem, NotFound, system_reason
from ipscoding.i18n import _

if TYPE_CHECKING:
    from spacy.language import Language

NAME = "nb_core_news_sm"
URL = f"https://github.com/explosion/spacy-models/releases/download/{NAME}-3.8.0/{NAME}-3.8.0-py3-none-any.whl"
"""The release that is fetched where no file is given."""
SHA256 = "086f2cfcc1568b2ee49a2ab297f7910f2645ae6892f2d5d15d8b077f5d0bd773"
"""The checksum of that release."""

LARGEST_WHEEL = 100 * 1024 * 1024
LARGEST_UNPACKED = 400 * 1024 * 1024
_MOST_FILES = 2_000
_PIECE = 1 << 18
_TIMEOUT = 30.0

Progress = Callable[[float, str], None]
"""Called with the share done (0 to 1) and what is being done, in words."""


@dataclass(frozen=True, slots=True)
class ModelStatus:
    """Whether the model is there.

    `where` is its folder, `version` its own, `wants` the spaCy it asks for, `spacy` the one that is installed;
    `compatible` is true only for an installed model that the installed spaCy can load.
    """

    installed: bool
    where: Path | None = None
    version: str = ""
    wants: str = ""
    spacy: str = ""
    compatible: bool = False


def folder() -> Path:
    """Where models lie: `$IPSCODING_HOME/models`, else `models` in the system's data folder for the user."""
    home = os.environ.get("IPSCODING_HOME")
    if home:
        return Path(home) / "models"
    from platformdirs import user_data_dir

    return Path(user_data_dir("ipscoding")) / "models"


def _is_model(path: Path) -> bool:
    return (path / "meta.json").is_file() and (path / "config.cfg").is_file()


def _candidates() -> Iterator[Path]:
    """Folders that may hold the model: our own first, then an installed package of that name."""
    yield folder() / NAME
    spec = find_spec(NAME)
    for place in (spec.submodule_search_locations or []) if spec is not None else []:
        yield from sorted(child for child in Path(place).iterdir() if child.is_dir())


def _found() -> Path | None:
    return next((path for path in _candidates() if _is_model(path)), None)


def _meta(path: Path) -> dict[str, object]:
    try:
        meta = json.loads((path / "meta.json").read_text("utf-8"))
    except (OSError, ValueError):
        return {}
    return meta if isinstance(meta, dict) else {}


def status() -> ModelStatus:
    """Whether the model is installed, where, which version, and whether the installed spaCy can load it."""
    ours = installed_version("spacy")
    path = _found()
    if path is None:
        return ModelStatus(False, spacy=ours)
    meta = _meta(path)
    wants = str(meta.get("spacy_version", ""))
    return ModelStatus(True, path, str(meta.get("version", "")), wants, ours, bool(meta) and _fits(ours, wants))


def _fits(ours: str, wants: str) -> bool:
    from packaging.specifiers import InvalidSpecifier, SpecifierSet

    try:
        return SpecifierSet(wants).contains(ours, prereleases=True)
    except InvalidSpecifier:
        return False


def install(source: Path | None = None, progress: Progress | None = None) -> ModelStatus:
    """Put the model into the user's data folder, in place of one that lies there.

    Args:
        source: a wheel file; None: fetch Explosion's release (the one place where the program uses the network).
        progress: told the share done and what is being done.

    Raises:
        FileProblem: the file is no wheel of the model, is damaged, is for another spaCy, or cannot be fetched; what was
            installed before is as it was.
    """
    tell = progress or (lambda share, what: None)
    target = folder() / NAME
    try:
        target.parent.mkdir(parents=True, exist_ok=True)
        workplace = tempfile.TemporaryDirectory(dir=target.parent, prefix=".install-")
    except OSError as error:
        raise FileProblem(
            _("{folder} cannot be written ({reason})").format(folder=target.parent, reason=system_reason(error)),
            _("Set the environment variable IPSCODING_HOME to a folder of your own"),
        ) from error
    with workplace as name:
        place = Path(name)
        wheel = source
        if wheel is None:
            wheel = place / "model.whl"
            _fetch(wheel, tell)
        tell(0.6, _("Unpacking the model"))
        unpacked = _unpack(wheel, place / "unpacked")
        meta = _meta(unpacked)
        wants, ours = str(meta.get("spacy_version", "")), installed_version("spacy")
        if not _fits(ours, wants):
            raise FileProblem(
                _("{file}: the model is for spaCy {wants}; this program has {ours}").format(
                    file=wheel.name, wants=wants or "?", ours=ours
                ),
                _("Take a wheel of {name} whose version begins with {series}").format(
                    name=NAME, series=".".join(ours.split(".")[:2])
                ),
            )
        tell(0.9, _("Putting the model in its place"))
        _replace(unpacked, target, place / "old")
    _load.cache_clear()
    tell(1.0, _("Ready"))
    return status()


def _replace(new: Path, target: Path, aside: Path) -> None:
    had = target.exists()
    if had:
        target.rename(aside)
    try:
        new.rename(target)
    except OSError as error:
        if had:
            aside.rename(target)
        raise FileProblem(
            _("{folder} cannot be written ({reason})").format(folder=target, reason=system_reason(error))
        ) from error


def _fetch(target: Path, tell: Progress) -> None:
    from urllib.error import URLError
    from urllib.request import urlopen

    tell(0.0, _("Fetching the model"))
    digest, size = hashlib.sha256(), 0
    try:
        with urlopen(URL, timeout=_TIMEOUT) as answer, target.open("wb") as file:
            whole = int(answer.headers.get("Content-Length") or 0) or LARGEST_WHEEL
            while piece := answer.read(_PIECE):
                size += len(piece)
                if size > LARGEST_WHEEL:
                    break
                digest.update(piece)
                file.write(piece)
                tell(min(0.6, 0.6 * size / whole), _("Fetching the model"))
    except (URLError, OSError, ValueError) as error:
        raise FileProblem(
            _("The model cannot be fetched from {url}").format(url=URL),
            _("Bring that file here by other means and install it with: ipscoding model install FILE"),
        ) from error
    if digest.hexdigest() != SHA256:
        raise FileProblem(
            _("What came from {url} is not the model (its checksum is another)").format(url=URL),
            _("Try again, or install it from a file: ipscoding model install FILE"),
        )


def _unpack(wheel: Path, into: Path) -> Path:
    """Unpack the model folder of a wheel, and nothing else of it; gives the folder with meta.json and config.cfg."""

    def wrong(what: str) -> FileProblem:
        return FileProblem(
            _("{file}: {what}").format(file=wheel.name, what=what),
            _("Take the wheel of {name} from {url}").format(name=NAME, url=URL),
        )

    try:
        if wheel.stat().st_size > LARGEST_WHEEL:
            raise wrong(_("too large for a wheel of the model"))
        with zipfile.ZipFile(wheel) as archive:
            members = [info for info in archive.infolist() if not info.is_dir()]
            if len(members) > _MOST_FILES or sum(info.file_size for info in members) > LARGEST_UNPACKED:
                raise wrong(_("too large for a wheel of the model"))
            for info in members:
                path = PurePosixPath(info.filename)
                strange = path.is_absolute() or ".." in path.parts or "\\" in info.filename or ":" in info.filename
                if strange or stat.S_ISLNK(info.external_attr >> 16):
                    raise wrong(_("holds a file that would lie outside the model's folder"))
            root = _root([PurePosixPath(info.filename) for info in members])
            if root is None:
                raise wrong(_("not a wheel of {name}").format(name=NAME))
            left = LARGEST_UNPACKED
            for info in members:
                path = PurePosixPath(info.filename)
                if root in path.parents:
                    left -= _write(archive, info, into.joinpath(*path.relative_to(root).parts), left)
                    if left < 0:
                        raise wrong(_("too large for a wheel of the model"))
    except OSError as error:
        raise FileProblem(
            _("{file} cannot be read ({reason})").format(file=wheel.name, reason=system_reason(error)),
        ) from error
    except (zipfile.BadZipFile, zlib.error, EOFError, NotImplementedError, RuntimeError, ValueError) as error:
        raise wrong(_("not a wheel, or damaged")) from error
    return into


def _root(paths: list[PurePosixPath]) -> PurePosixPath | None:
    """The folder `nb_core_news_sm/<...>` that holds both meta.json and config.cfg."""
    known = set(paths)
    return next(
        (
            path.parent
            for path in sorted(known)
            if path.parts[0] == NAME and path.name == "config.cfg" and path.parent / "meta.json" in known
        ),
        None,
    )


def _write(archive: zipfile.ZipFile, info: zipfile.ZipInfo, target: Path, most: int) -> int:
    """Unpack one file, stopping once more than `most` bytes have come; gives how many came."""
    target.parent.mkdir(parents=True, exist_ok=True)
    size = 0
    with archive.open(info) as packed, target.open("wb") as file:
        while size <= most and (piece := packed.read(_PIECE)):
            size += len(piece)
            file.write(piece)
    return size


def remove() -> bool:
    """Take the model out of the user's data folder; False if none lies there. An installed package is left alone."""
    target = folder() / NAME
    if not target.exists():
        return False
    try:
        shutil.rmtree(target)
    except OSError as error:
        raise FileProblem(
            _("{folder} cannot be removed ({reason})").format(folder=target, reason=system_reason(error))
        ) from error
    _load.cache_clear()
    return True


def load() -> "Language":
    """The model as a spaCy pipeline; loaded on the first call (about two seconds) and kept.

    Raises:
        NotFound: no model is installed.
        FileProblem: the installed one cannot be loaded.
    """
    path = _found()
    if path is None:
        raise NotFound(
            _("The model {name} is not installed").format(name=NAME), _("Install it with: ipscoding model install")
        )
    return _load(path)


@lru_cache(maxsize=1)
def _load(path: Path) -> "Language":
    import spacy

    try:
        return spacy.load(path)
    except (OSError, ValueError, KeyError, ImportError) as error:
        raise FileProblem(
            _("The model in {folder} cannot be loaded").format(folder=path),
            _("Install it anew: ipscoding model install"),
        ) from error
