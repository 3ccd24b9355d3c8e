"""What every test starts from: English, no one's settings, nothing of the machine's own."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from ipscoding import i18n


@pytest.fixture(autouse=True)
def _clean_environment(monkeypatch: pytest.MonkeyPatch, tmp_path_factory: pytest.TempPathFactory) -> Iterator[None]:
    """English whatever the locale, and no colour or user setting of the machine that runs the tests."""
    for name in ("NO_COLOR", "FORCE_COLOR", "COLORTERM", "IPSCODING_CODER", "IPSCODING_LANG", "IPSCODING_DEBUG"):
        monkeypatch.delenv(name, raising=False)
    i18n.choose("en")
    yield
    i18n.choose("en")


@pytest.fixture
def corpus() -> Path:
    """The interviews that ship."""
    from ipscoding import shipped

    return shipped.corpus()
