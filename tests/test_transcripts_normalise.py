"""The text that is stored: the same words, and nothing invisible."""

import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ipscoding.transcripts.normalise import normalise, unify_line_ends


def stored(text: str) -> str:
    return normalise(unify_line_ends(text).split("\n")).text


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("a\r\nb\rc\nd", "a\nb\nc\nd"),
        ("a\vb\fc\x85d\u2028e\u2029f", "a\nb\nc\nd\ne\nf"),
        ("\n\n a \n\n\n\tb\t \n", "a\nb"),
        ("I:\tHei\xa0du\u202fda\u3000så", "I: Hei du da så"),
        ("e\u0301 A\u030a o\u0308", "é Å ö"),
        ("\ufeffar\xadbeid\u200bs\u2060plass", "arbeidsplass"),
        ("a\x00b\x07c\x1fd\x9fe\ufffe", "abcde"),
        ("e\u200b\u0301", "é"),
        ("👩\u200d👧 a\u200db", "👩\u200d👧 ab"),
        ("می\u200cخواهم", "می\u200cخواهم"),
        ("😀\u200d\u200d😀", "😀😀"),
        ("🏳\ufe0f\u200d🌈", "🏳\ufe0f\u200d🌈"),
    ],
)
def test_what_is_odd_is_made_plain(text: str, expected: str) -> None:
    assert stored(text) == expected


MESSY = st.text(
    st.one_of(
        st.characters(exclude_categories=["Cs"]),
        st.sampled_from("\r\n\v\f\x85\u2028 \t\xa0\u200b\u200c\u200d\ufeff\xad\u0301\u0338\u093c\u0653aeمक😀\ufe0f←〈"),
    ),
    max_size=60,
)


@given(MESSY)
def test_normalising_twice_is_normalising_once(text: str) -> None:
    once = stored(text)
    assert stored(once) == once


@given(MESSY)
def test_what_is_stored_is_composed_lines_with_text(text: str) -> None:
    once = stored(text)
    assert unicodedata.is_normalized("NFC", once)
    assert not once or all(line and line == line.strip() for line in once.split("\n"))


@given(MESSY)
def test_no_letter_or_digit_is_lost(text: str) -> None:
    def letters(given_text: str) -> str:
        return unicodedata.normalize("NFC", "".join(filter(str.isalnum, unicodedata.normalize("NFD", given_text))))

    assert letters(stored(text)) == letters(text)


def test_each_stored_line_knows_the_line_of_the_source() -> None:
    found = normalise(["", "a\fb", "", "c"], first_line=7)
    assert (found.text, found.lines) == ("a\nb\nc", [8, 8, 10])


def test_what_was_changed_is_told_once_each_with_number_and_first_line() -> None:
    found = normalise(["a", "b\x07\x07", "c\x07\u200b", "\fd", "e\u0301"])
    assert [(remark.kind, remark.line) for remark in found.remarks] == [
        ("control", 2),
        ("invisible", 3),
        ("form-feed", 4),
        ("unicode-form", 5),
    ]
    assert found.remarks[0].message == "3 control characters removed"


def test_spaces_and_tabs_are_made_plain_without_a_word() -> None:
    assert normalise(["a\tb\xa0c "]).remarks == []
