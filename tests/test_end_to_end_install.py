"""The wheel holds all that the program needs and nothing else, and works where nothing but it is installed."""

import os
import shutil
import subprocess
import sys
import zipfile
from collections.abc import Mapping
from pathlib import Path, PurePosixPath

import pytest
from babel.messages.pofile import read_po

ROOT = Path(__file__).resolve().parent.parent
SOURCES = ("ipscoding", "codebooks", "corpus", "pyproject.toml", "hatch_build.py", "README.md", "LICENSE")


def run(*arguments: object, env: Mapping[str, str] | None = None, cwd: Path | None = None) -> str:
    done = subprocess.run(
        [sys.executable, *map(str, arguments)], capture_output=True, encoding="utf-8", check=False, cwd=cwd,
        env={**os.environ, "PYTHONUTF8": "1", **(env or {})}, timeout=300,
    )  # fmt: skip
    assert done.returncode == 0, done.stdout + done.stderr
    return done.stdout


@pytest.fixture(scope="module")
def sources(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A copy of the sources, so that a build leaves nothing in them."""
    folder = tmp_path_factory.mktemp("bygg")
    for name in SOURCES:
        source = ROOT / name
        if source.is_dir():
            shutil.copytree(source, folder / name, ignore=shutil.ignore_patterns("__pycache__", "*.mo"))
        else:
            shutil.copy(source, folder / name)
    return folder


@pytest.fixture(scope="module")
def wheel(sources: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    out = tmp_path_factory.mktemp("hjul")
    run("-m", "pip", "wheel", "--quiet", "--no-deps", "--wheel-dir", out, sources)
    (built,) = out.glob("ipscoding-*.whl")
    return built


@pytest.fixture(scope="module")
def names(wheel: Path) -> set[PurePosixPath]:
    with zipfile.ZipFile(wheel) as archive:
        return {PurePosixPath(name) for name in archive.namelist()}


@pytest.fixture(scope="module")
def installed(wheel: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder with the wheel alone in it; what it depends on comes from the environment of the tests."""
    target = tmp_path_factory.mktemp("sted")
    run("-m", "pip", "install", "--quiet", "--no-deps", "--no-index", "--target", target, wheel)
    return target


def test_every_module_and_marker_travels(sources: Path, names: set[PurePosixPath]) -> None:
    kept = {PurePosixPath(path.relative_to(sources).as_posix()) for path in (sources / "ipscoding").rglob("*.py")}
    assert kept <= names
    assert PurePosixPath("ipscoding/py.typed") in names


@pytest.mark.parametrize("folder", ["codebooks", "corpus"])
def test_what_ships_beside_the_program_travels_inside(sources: Path, wheel: Path, folder: str) -> None:
    with zipfile.ZipFile(wheel) as archive:
        for path in (sources / folder).iterdir():
            assert archive.read(f"ipscoding/_shipped/{folder}/{path.name}") == path.read_bytes()


def test_every_catalogue_is_compiled(sources: Path, names: set[PurePosixPath]) -> None:
    catalogues = list((sources / "ipscoding" / "locale").rglob("*.po"))
    assert catalogues
    for source in catalogues:
        assert PurePosixPath(source.relative_to(sources).with_suffix(".mo").as_posix()) in names


def test_nothing_else_travels(names: set[PurePosixPath]) -> None:
    tops = {name.parts[0] for name in names}
    assert {top for top in tops if not top.endswith(".dist-info")} == {"ipscoding"}
    kinds = {".py", ".typed", ".mo", ".po", ".yaml", ".tsv", ".txt", ".csv", ".md", ".tcss", "", ".npz"}
    assert {name.suffix for name in names if name.parts[0] == "ipscoding"} <= kinds
    assert not [name for name in names if "tests" in name.parts or "benchmarks" in name.parts or "docs" in name.parts]


def test_the_command_the_version_and_the_licence_are_declared(wheel: Path) -> None:
    from ipscoding.version import __version__

    with zipfile.ZipFile(wheel) as archive:
        info = f"ipscoding-{__version__}.dist-info"
        assert "ipscoding = ipscoding.__main__:main" in archive.read(f"{info}/entry_points.txt").decode()
        metadata = archive.read(f"{info}/METADATA").decode()
        assert f"{info}/licenses/LICENSE" in archive.namelist()
    assert f"Version: {__version__}\n" in metadata
    assert "Requires-Dist: sqlite-utils" in metadata


def test_the_installed_program_works_from_its_own_files(installed: Path, tmp_path: Path) -> None:
    env = {"PYTHONPATH": str(installed), "LC_ALL": "C.UTF-8"}
    where = run("-c", "import ipscoding.shipped as s; print(s.__file__, s.corpus())", env=env, cwd=tmp_path)
    assert where.count(str(installed)) == 2
    run("-m", "ipscoding", "demo", tmp_path / "d", env=env, cwd=tmp_path)
    path = tmp_path / "d" / "demo.ipscoding"
    assert "✗" not in run("-m", "ipscoding", "doctor", path, env=env, cwd=tmp_path)
    assert len(run("-m", "ipscoding", "documents", path, "--format", "csv", env=env, cwd=tmp_path).splitlines()) == 13


def test_the_installed_program_speaks_as_the_catalogue_says(sources: Path, installed: Path, tmp_path: Path) -> None:
    with (sources / "ipscoding" / "locale" / "nb" / "LC_MESSAGES" / "ipscoding.po").open("rb") as file:
        catalogue = read_po(file, locale="nb")
    spoken = {}
    for language, locale in (("nb", "nb_NO.UTF-8"), ("nn", "nn_NO.UTF-8"), ("en", "C.UTF-8")):
        env = {"PYTHONPATH": str(installed), "LC_ALL": locale, "COLUMNS": "200"}
        spoken[language] = run("-m", "ipscoding", "--help", env=env, cwd=tmp_path)
    for english in ("Search the interviews", "Take codings away", "List the interviews of a project"):
        message = catalogue.get(english)
        assert message is not None
        # Nynorsk falls back on Bokmål
        assert (message.string or english) in spoken["nb"]
        assert (message.string or english) in spoken["nn"]
        assert english in spoken["en"]
