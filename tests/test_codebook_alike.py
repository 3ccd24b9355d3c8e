"""Codes that look alike are proposed, opposites are not."""

from pathlib import Path

import pytest

from ipscoding.codebook.alike import label_likeness, look_alikes, opposite, proposals, shared_text
from ipscoding.codebook.check import check
from ipscoding.codebook.write import write
from ipscoding.domain import Code, Codebook, Span
from tests.codebook_example import SMALL, added

DEFINITION = {"nb": "Om kolleger og ledere stoler på hverandre i arbeidet med jobbsøkere."}


@pytest.mark.parametrize(
    ("language", "one", "other"),
    [
        ("nb", "Tillit", "Manglende tillit"),
        ("nn", "Tillit", "Manglande tillit"),
        ("en", "Leadership support", "Lack of leadership support"),
        ("nb", "God kommunikasjon", "Dårlig kommunikasjon"),
        ("en", "Inner motivation", "External motivation"),
        ("nb", "Informant 1", "Informant 2"),
        ("nb", "Formell kontakt", "Uformell kontakt"),
    ],
)
def test_opposites_are_never_alike(language: str, one: str, other: str) -> None:
    a, b = (Code(n, {language: text}, definition=DEFINITION) for n, text in (("a", one), ("b", other)))
    assert opposite(one, other, language)
    assert label_likeness(a, b) == 0
    assert list(look_alikes([a, b])) == []


@pytest.mark.parametrize(
    ("language", "one", "other"),
    [
        ("nb", "Kontakt med arbeidsgivere", "Arbeidsgivere, kontakt"),
        ("nn", "Kontakt med arbeidsgjevarar", "Kontakt med arbeidsgjevaren"),
        ("en", "Contact with the employer", "Employer contacts"),
    ],
)
def test_one_thing_in_other_words_is_alike(language: str, one: str, other: str) -> None:
    assert label_likeness(Code("a", {language: one}), Code("b", {language: other})) >= 0.75


def test_the_same_definition_under_another_label() -> None:
    a, b = Code("a", {"nb": "Tillit"}, definition=DEFINITION), Code("b", {"nb": "Samspill"}, definition=DEFINITION)
    assert [(x.id, y.id) for x, y, _label, _definition in look_alikes([a, b])] == [("a", "b")]


def test_check_proposes_with_line_and_column(tmp_path: Path) -> None:
    file = tmp_path / "x.yaml"
    book = added(SMALL, Code("rel.close", {"nb": "Nærheten"}, parent="rel", definition={"nb": "Noe annet helt."}))
    write(book, file)
    (advice,) = check(file)
    assert advice.severity == "advice"
    assert advice.message.startswith("“rel.close” looks like “org.near” (line ")
    assert file.read_text("utf-8").splitlines()[advice.line - 1].strip().startswith("label:")


def test_text_coded_with_both_counts_most() -> None:
    ours = added(SMALL, Code("org.a", {"nb": "Samarbeid"}, parent="org"))
    theirs = added(SMALL, Code("rel.b", {"nb": "Fellesskap"}, parent="rel"))
    assert proposals(SMALL, ours, theirs) == ()
    mine, yours = {"org.a": {"t": [Span(0, 100)]}}, {"rel.b": {"t": [Span(20, 100)], "u": [Span(0, 50)]}}
    (found,) = proposals(SMALL, ours, theirs, mine, yours)
    assert (found.code, found.other, found.shared) == ("rel.b", "org.a", 0.8)


def test_shared_text_counts_only_texts_that_both_have() -> None:
    assert shared_text({"t": [Span(0, 10)]}, {"u": [Span(0, 10)]}) is None
    assert shared_text({"t": [Span(0, 10), Span(5, 20)]}, {"t": [Span(10, 30)]}) == 10 / 30


def test_codes_that_both_knew_are_not_proposed() -> None:
    book = Codebook("x", {"nb": "X"}, codes=(Code("a", {"nb": "Nærhet"}), Code("b", {"nb": "Nærheten"})))
    assert proposals(book, book, book) == ()
