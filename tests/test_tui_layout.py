from itertools import pairwise

from hypothesis import given
from hypothesis import strategies as st
from rich.cells import cell_len, get_character_cell_size

from ipscoding.tui.layout import _NOT_NARROW, Layout, is_narrow

PIECES = [
    "Ja ",
    "jeg ",
    "tenker ",
    "på ",
    "arbeidsgiver",
    " ",
    "  ",
    "\n",
    "漢字",
    "👩‍🔬",
    "👍🏽",
    "é",
    "🇳🇴",
    "❤️",
    "–",
    "…",
]
TEXTS = st.one_of(
    st.lists(st.sampled_from(PIECES), max_size=60).map("".join),
    st.text(st.characters(exclude_categories=["Cs", "Cc"]), max_size=120),
    st.text("ab \n", max_size=200),
)
WIDTHS = st.integers(2, 40)


@given(TEXTS, WIDTHS)
def test_rows_together_are_the_text(text: str, width: int) -> None:
    layout = Layout(text, width)
    assert "".join(layout.span(line).of(text) for line in range(len(layout))) == text


@given(TEXTS, WIDTHS)
def test_no_row_is_wider_than_the_width(text: str, width: int) -> None:
    layout = Layout(text, width)
    assert all(cell_len(layout.shown(line).of(text)) <= width for line in range(len(layout)))


@given(TEXTS, WIDTHS)
def test_an_offset_is_in_the_row_that_holds_it(text: str, width: int) -> None:
    layout = Layout(text, width)
    for offset in range(len(text)):
        assert layout.span(layout.line_of(offset)).holds(offset)


@given(TEXTS, WIDTHS)
def test_offset_to_column_and_back_comes_to_the_same_grapheme(text: str, width: int) -> None:
    layout = Layout(text, width)
    for offset in range(len(text)):
        line, col = layout.line_of(offset), layout.col_of(offset)
        back = layout.offset_at(line, col)
        assert layout.line_of(back) == line
        assert layout.col_of(back) == col


@given(st.text("abcæøå \n", max_size=200), WIDTHS)
def test_narrow_text_comes_back_to_the_very_offset(text: str, width: int) -> None:
    layout = Layout(text, width)
    for offset in range(len(text)):
        assert layout.offset_at(layout.line_of(offset), layout.col_of(offset)) == offset


@given(st.lists(st.text("abcø", min_size=1, max_size=8), max_size=40), st.integers(8, 30))
def test_words_that_fit_are_never_torn(words: list[str], width: int) -> None:
    text = " ".join(words)
    layout = Layout(text, width)
    rows = [layout.shown(line).of(text) for line in range(len(layout))]
    assert [word for row in rows for word in row.split()] == words


@given(st.lists(st.sampled_from(["漢字", "ab", "👩‍🔬", "é"]), max_size=40), st.integers(8, 30))
def test_wide_words_that_fit_are_never_torn(words: list[str], width: int) -> None:
    text = " ".join(words)
    layout = Layout(text, width)
    assert [word for line in range(len(layout)) for word in layout.shown(line).of(text).split()] == words


@given(st.text("ab  \n", max_size=120), WIDTHS)
def test_both_ways_of_wrapping_agree_on_narrow_text(text: str, width: int) -> None:
    quick = Layout(text, width)
    slow = Layout.__new__(Layout)
    slow.text, slow.width, slow._narrow = text, width, True
    slow._starts = quick._starts[:1]
    slow._wrap_narrow = slow._wrap_wide  # type: ignore[method-assign]
    slow._wrap()
    assert [quick.span(line) for line in range(len(quick))] == [slow.span(line) for line in range(len(slow))]


@given(TEXTS, WIDTHS, st.sets(st.integers(0, 120)))
def test_cuts_lie_between_graphemes_and_hold_the_width(text: str, width: int, offsets: set[int]) -> None:
    layout = Layout(text, width)
    for line in range(len(layout)):
        cuts = layout.cuts(line, offsets)
        parts = [text[a:b] for a, b in pairwise(cuts)]
        assert "".join(parts) == layout.shown(line).of(text)
        assert sum(map(cell_len, parts)) == cell_len("".join(parts))


def test_what_counts_as_narrow_takes_one_cell() -> None:
    narrow = [chr(code) for code in range(0x3000) if not _NOT_NARROW.match(chr(code)) and chr(code) != "\n"]
    assert "æ" in narrow
    assert "–" in narrow
    assert {get_character_cell_size(character) for character in narrow} == {1}


def test_an_empty_text_has_one_empty_row() -> None:
    layout = Layout("", 20)
    assert (len(layout), layout.span(0).of(""), layout.offset_at(0, 5), layout.col_of(0)) == (1, "", 0, 0)


def test_norwegian_letters_and_quotes_are_narrow() -> None:
    assert is_narrow("«Æsj», sa hun – på en måte … «ålreit»")
    assert not is_narrow("👍")
