"""Usage lines speak the language in use, to the last word."""

import pytest

from tests.cli_example import say


def test_words_to_fill_in_are_in_the_language_in_use(capsys: pytest.CaptureFixture[str]) -> None:
    norwegian, english = "import [VALG] PROSJEKT FILER...", "import [OPTIONS] PROJECT PATHS..."
    for language, usage in (("nb", norwegian), ("en", english), ("nb", norwegian)):
        assert usage in say(capsys, "import", "--help", "--lang", language).out


def test_what_is_missing_is_named_as_in_the_usage_line(capsys: pytest.CaptureFixture[str]) -> None:
    assert "'PROSJEKT'" in say(capsys, "freq", "--lang", "nb").err
    assert "'PROJECT'" in say(capsys, "freq", "--lang", "en").err


def test_values_to_choose_from_stay_as_they_are_typed(capsys: pytest.CaptureFixture[str]) -> None:
    assert "{not-started|coding|done}" in say(capsys, "status", "--help", "--lang", "nb").out
    assert "[table|csv|json|jsonl|xlsx|parquet]" in say(capsys, "freq", "--help", "--lang", "nb").out
