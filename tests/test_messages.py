"""Every word that users read is in Bokmål, and nothing in the catalogue is out of date."""

import re
import string
from pathlib import Path

import pytest
from babel.messages.catalog import Message
from babel.messages.pofile import read_po

from scripts.messages import LOCALE, ROOT, messages

FIELD = string.Formatter()


def catalogue(language: str) -> dict[str, Message]:
    with (LOCALE / language / "LC_MESSAGES" / "ipscoding.po").open("rb") as file:
        return {singular(message.id): message for message in read_po(file, locale=language) if message.id}


def singular(message: object) -> str:
    return str(message[0] if isinstance(message, (tuple, list)) else message)


def forms(message: Message) -> list[str]:
    return list(message.string) if isinstance(message.string, (tuple, list)) else [str(message.string)]


def fields(text: str) -> set[str]:
    return {name for _literal, name, _spec, _conversion in FIELD.parse(text) if name is not None}


def in_source() -> set[str]:
    return {singular(message) for _place, message in messages(ROOT / "ipscoding")}


def test_every_message_of_the_source_is_in_bokmal() -> None:
    known = catalogue("nb")
    missing = sorted(text for text in in_source() if text not in known or not all(forms(known[text])))
    assert missing == []


def test_no_translation_is_a_guess() -> None:
    assert [text for text, message in catalogue("nb").items() if message.fuzzy] == []


def test_translations_fill_the_same_places() -> None:
    for text, message in catalogue("nb").items():
        if message.python_brace_format or re.search(r"\{\w+\}", text):
            ids = message.id if isinstance(message.id, (tuple, list)) else [message.id]
            wanted = set().union(*(fields(str(one)) for one in ids))
            for form in forms(message):
                assert fields(form) <= wanted, text
            assert fields(forms(message)[-1]) == fields(str(ids[-1])), text


def test_the_catalogue_holds_no_message_that_nobody_says() -> None:
    import click

    said = in_source() | {singular(m) for _place, m in messages(Path(click.__file__).parent)}
    assert sorted(set(catalogue("nb")) - said) == []


@pytest.mark.parametrize(
    ("environment", "language"),
    [
        ({"LC_ALL": "nb_NO.UTF-8"}, "nb"),
        ({"LANG": "nn_NO.UTF-8"}, "nn"),
        ({"LANG": "no_NO"}, "nb"),
        ({"LC_ALL": "C", "LANG": "nb_NO.UTF-8"}, "en"),
        ({"LC_ALL": "de_DE.UTF-8"}, "en"),
    ],
)
def test_the_locale_chooses_the_language(
    environment: dict[str, str], language: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    from ipscoding import i18n

    for name in ("LC_ALL", "LC_MESSAGES", "LANG"):
        monkeypatch.delenv(name, raising=False)
    for name, value in environment.items():
        monkeypatch.setenv(name, value)
    assert i18n.from_locale() == language
