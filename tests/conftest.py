"""What every test starts from: English, no one's settings, nothing of the machine's own."""

import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest
from hypothesis import settings

from ipscoding import i18n

# a busy machine is no fault of the program
settings.register_profile("any machine", deadline=None)
settings.load_profile("any machine")


@pytest.fixture(autouse=True)
def _clean_environment(monkeypatch: pytest.MonkeyPatch, tmp_path_factory: pytest.TempPathFactory) -> Iterator[None]:
    """English whatever the locale, and no colour or user setting of the machine that runs the tests."""
    for name in (
        "NO_COLOR",
        "FORCE_COLOR",
        "COLORTERM",
        "COLUMNS",
        "LINES",
        "IPSCODING_CODER",
        "IPSCODING_LANG",
        "IPSCODING_DEBUG",
    ):
        monkeypatch.delenv(name, raising=False)
    monkeypatch.setenv("LC_ALL", "C.UTF-8")
    i18n.choose("en")
    yield
    i18n.choose("en")


@pytest.fixture
def corpus() -> Path:
    """The interviews that ship."""
    from ipscoding import shipped

    return shipped.corpus()


@pytest.fixture(scope="session")
def built_demo(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The example project, built once for all tests; not to be written to."""
    from ipscoding.cli.demo import build

    path = tmp_path_factory.mktemp("built") / "demo.ipscoding"
    build(path, "Kari")
    return path


@pytest.fixture
def demo(built_demo: Path, tmp_path: Path) -> Path:
    """A copy of the example project for one test."""
    return Path(shutil.copy(built_demo, tmp_path / "demo.ipscoding"))
