"""What differs between two codebooks, in words."""

from dataclasses import replace
from html.parser import HTMLParser
from typing import Any

import pytest
from hypothesis import given, settings

from ipscoding.codebook import diff_html, diff_words
from ipscoding.codebook.diff import KINDS, OPERATIONS, Change, changes
from ipscoding.domain import Code, Codebook, Example, Valence
from tests.codebook_example import SMALL, added, branches, edited, without


def kinds(after: Codebook) -> list[str]:
    return [change.kind for change in changes(SMALL, after)]


@pytest.mark.parametrize(
    ("fields", "kind"),
    [
        ({"label": {"nb": "Samlokalisering", "en": "Proximity"}}, "renamed"),
        ({"parent": "rel"}, "moved"),
        ({"definition": {"nb": "Ny.", "en": "Distance between people."}}, "redefined"),
        ({"include_when": {"nb": "Lunsj."}}, "rules"),
        ({"exclude_when": {"nb": "Møter."}}, "rules"),
        ({"valence": Valence.BARRIER}, "valence"),
        ({"examples": (Example(Valence.BOTH, "nb", "Tja."),)}, "examples"),
        ({"links": {"cfir": "inner.compatibility"}}, "mapping"),
        ({"roles": ()}, "roles"),
        ({"retired": True}, "retired"),
        ({"colour": "#abcdef"}, "colour"),
        ({"extra": {"level": 2}}, "other"),
        ({"retired": True, "merged_into": "org.lead"}, "merged"),
        ({"retired": True, "extra": {"split_into": ["org.lead", "rel.trust"]}}, "split"),
    ],
)
def test_a_change_of_a_code_has_a_name(fields: dict[str, Any], kind: str) -> None:
    assert kinds(edited(SMALL, "org.near", **fields)) == [kind]


def test_codes_that_came_went_or_are_back() -> None:
    assert kinds(added(SMALL, Code("org.new", {"nb": "Ny"}))) == ["added"]
    assert kinds(without(SMALL, "org.near")) == ["deleted"]
    assert [change.kind for change in changes(edited(SMALL, "org.near", retired=True), SMALL)] == ["back"]


def test_a_split_is_told_also_where_only_the_parts_say_so() -> None:
    book = edited(SMALL, "org.near", retired=True)
    for name in ("org.gang", "org.bygg"):
        book = added(book, Code(name, {"nb": name}, parent="org", extra={"split_from": "org.near"}))
    split, *parts = changes(SMALL, book)
    assert split == Change("split", "org.near", others=("org.gang", "org.bygg"))
    assert [(part.kind, part.others) for part in parts] == [("added", ("org.near",))] * 2


def test_the_codebook_itself_and_its_order() -> None:
    assert kinds(replace(SMALL, version="2", title={"nb": "Ny"})) == ["head"] * 3
    assert kinds(replace(SMALL, codes=SMALL.codes[::-1])) == ["order"]


def test_the_words() -> None:
    after = edited(SMALL, "org.near", label={"nb": "Samlokalisering", "en": "Proximity"})
    (change,) = changes(SMALL, after)
    assert diff_words.told(change, SMALL, after) == (
        "org.near (Proximity): renamed, label (nb): «Nærhet» → «Samlokalisering»"
    )


@settings(deadline=None, max_examples=60)
@given(branches())
def test_nothing_differs_exactly_where_nothing_is_told_and_all_of_it_has_words(
    drawn: tuple[Codebook, Codebook, Codebook],
) -> None:
    before, after, _theirs = drawn
    found = changes(before, after)
    assert bool(found) == (before != after)
    assert {change.kind for change in found} <= {*OPERATIONS, *KINDS.values(), "other", "order", "head"}
    assert all(diff_words.told(change, before, after) for change in found)


class _Tags(HTMLParser):
    def __init__(self) -> None:
        super().__init__()
        self.open: list[str] = []
        self.text = ""

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        assert tag not in ("script", "link", "img")
        if tag != "meta":
            self.open.append(tag)

    def handle_endtag(self, tag: str) -> None:
        assert self.open.pop() == tag

    def handle_data(self, data: str) -> None:
        self.text += data


def test_the_page_is_whole_needs_nothing_else_and_shows_texts_as_texts() -> None:
    after = edited(SMALL, "org.near", definition={"nb": "Avstand <b>mellom</b> kolleger.", "en": ""})
    page = diff_html.page(changes(SMALL, after), SMALL, after, ("a & b", "c"))
    tags = _Tags()
    tags.feed(page)
    assert tags.open == []
    assert "<b>" not in page
    assert "Avstand " in page
    assert "<del>folk</del>" in page
    assert "http" not in page
    assert "a & b → c" in tags.text
