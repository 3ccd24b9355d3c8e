from hypothesis import given
from hypothesis import strategies as st

from ipscoding.domain import Code, Codebook
from ipscoding.tui.code_search import CodeSearch, fit
from tests.tui_example import codebook, plain_terminal

__all__ = ["plain_terminal"]


def ids(query: str, recent: tuple[str, ...] = (), language: str = "en") -> list[str]:
    return [match.code.id for match in CodeSearch(codebook(), recent, language).find(query)]


def test_nothing_typed_gives_all_codes_the_last_used_first() -> None:
    assert ids("", ("spec.persistence", "nav.waiting"))[:2] == ["spec.persistence", "nav.waiting"]
    assert len(ids("")) == 4


def test_a_name_in_any_language_the_id_and_the_definition_find_a_code() -> None:
    assert ids("coloc") == ids("samlok") == ids("org.col") == ids("nærhet") == ["org.colocation"]


def test_every_word_must_fit() -> None:
    assert ids("waiting dec") == ["nav.waiting"]
    assert ids("waiting zebra") == []


def test_domains_and_retired_codes_are_not_offered() -> None:
    book = Codebook("b", {}, codes=(Code("a", {"en": "Alpha"}, codable=False), Code("b", {"en": "Beta"}, retired=True)))
    assert CodeSearch(book, (), "en").find("") == []


def test_another_name_that_fitted_is_told() -> None:
    (match,) = CodeSearch(codebook(), (), "en").find("samlok")
    assert match.through == "Samlokalisering"


def test_letters_in_a_row_beat_initials_and_initials_beat_letters_anywhere() -> None:
    ranked = [fit("jfu", name)[0] for name in ("jfu later", "ajfu", "joint follow up", "job offers for us", "zebra")]
    assert ranked == sorted(ranked, reverse=True)
    assert ranked[-1] == 0


@given(st.text(min_size=1, max_size=12), st.text(max_size=60))
def test_the_letters_that_fit_are_those_of_the_word(word: str, name: str) -> None:
    score, places = fit(word.lower(), name)
    assert bool(score) == bool(places)
    if places:
        assert "".join(name.lower()[place] for place in places) == word.lower()
        assert list(places) == sorted(set(places))


@given(st.text(max_size=200))
def test_any_text_is_answered(query: str) -> None:
    assert len(ids(query)) <= 4


@given(st.lists(st.sampled_from(["a", "e", "i", "n", " "]), min_size=30, max_size=90).map("".join))
def test_long_lines_of_common_letters_are_answered_at_once(query: str) -> None:
    long = Codebook("b", {}, codes=(Code("x", {"en": "an inane line in an alien lane " * 4}),))
    CodeSearch(long, (), "en").find(query)
