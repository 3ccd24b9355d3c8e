"""A changed codebook is written into its file with only what changed: comments, order and form of the rest stay."""

from dataclasses import replace
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings

from ipscoding.codebook import catalogue, marks, resolutions
from ipscoding.codebook.check import examine_text
from ipscoding.codebook.conflicts import Decision, Proposal
from ipscoding.codebook.merge import merge
from ipscoding.codebook.patch import text_after
from ipscoding.codebook.read import read
from ipscoding.codebook.write import text_of
from ipscoding.domain import Code, Codebook, Valence
from ipscoding.errors import FileProblem
from tests.codebook_example import SMALL, added, branches, edited, without

TEXT = """\
# At the top.
codebook:
  id: liten   # stays
  title: {nb: "Liten"}

domains:
  # The first domain.
  - id: org
    label: Organisering

codes:

  # About distance.
  - id: org.near
    parent: org
    label:
      nb: "Nærhet"   # short
      en: 'Proximity'
    definition: {nb: "Avstand."}   # to be discussed
    # between fields
    valence: barrier  # not both
    note: {a: 1}

  # About leaders.
  - id: org.lead
    parent: org
    label: {nb: "Ledelse"}
    definition: >-
      Om ledere
      og styring.
# At the end.
"""


def book_of(text: str) -> Codebook:
    book, faults = examine_text(text, Path())
    assert book is not None
    assert faults.grave() == []
    return book


def lines_changed(before: str, after: str) -> tuple[list[str], list[str]]:
    old, new = before.splitlines(), after.splitlines()
    return [line for line in old if line not in new], [line for line in new if line not in old]


def test_nothing_changed_is_the_same_text() -> None:
    assert text_after(TEXT, book_of(TEXT)) == TEXT


def test_one_language_of_a_label() -> None:
    book = edited(book_of(TEXT), "org.near", label={"nb": "Nærleik", "en": "Proximity"})
    assert lines_changed(TEXT, text_after(TEXT, book)) == (
        ['      nb: "Nærhet"   # short'],
        ['      nb: "Nærleik"   # short'],
    )


def test_fields_changed_added_and_taken_away() -> None:
    book = edited(book_of(TEXT), "org.near", valence=Valence.BOTH, definition={}, roles=("patient",))
    assert lines_changed(TEXT, text_after(TEXT, book)) == (
        ['    definition: {nb: "Avstand."}   # to be discussed', "    valence: barrier  # not both"],
        ["    valence: both  # not both", "    roles: [patient]"],
    )


def test_a_text_over_several_lines() -> None:
    book = edited(book_of(TEXT), "org.lead", definition={"nb": "Ny."})
    changed = text_after(TEXT, book)
    assert lines_changed(TEXT, changed)[1] == ['    definition: {nb: "Ny."}']
    assert changed.endswith("# At the end.\n")
    assert book_of(changed) == book


def test_codes_added_moved_and_taken_away_keep_the_comments_of_the_others() -> None:
    book = without(book_of(TEXT), "org.near")
    assert "About distance" not in text_after(TEXT, book)
    assert "# About leaders.\n  - id: org.lead" in text_after(TEXT, book)
    turned = replace(book_of(TEXT), codes=(*book_of(TEXT).codes[:1], *book_of(TEXT).codes[:0:-1]))
    assert text_after(TEXT, turned).index("About leaders") < text_after(TEXT, turned).index("About distance")
    more = added(book_of(TEXT), Code("org.new", {"nb": "Ny"}, parent="org"))
    assert book_of(text_after(TEXT, more)) == more


def test_a_new_code_comes_as_it_stands_in_the_other_file() -> None:
    other = TEXT + '\n  # Theirs.\n  - id: org.new\n    # inside\n    label: {nb: "Ny"} # so\n'
    merged = merge(book_of(TEXT), book_of(TEXT), book_of(other)).codebook
    text = text_after(TEXT, merged, (other,))
    assert '  # Theirs.\n  - id: org.new\n    # inside\n    label: {nb: "Ny"} # so\n' in text


def test_windows_line_ends_stay() -> None:
    text = TEXT.replace("\n", "\r\n")
    changed = text_after(text, edited(book_of(text), "org.lead", retired=True))
    assert changed.count("\r\n") == text.count("\r\n") + 1
    assert "\n" not in changed.replace("\r\n", "")


def test_a_file_written_in_an_unusual_way_is_written_anew() -> None:
    text = 'codebook: {id: x, title: {nb: "X"}}\ncodes: [{id: a, label: {nb: "A"}}]\n'
    book = edited(book_of(text), "a", label={"nb": "B"})
    assert text_after(text, book) == text_of(book)


def test_the_default_codebook_changes_in_one_line() -> None:
    path = catalogue.default_path()
    text, book = path.read_text("utf-8"), read(path)
    label = {**book.by_id["org.colocation"].label, "en": "Nearness"}
    gone, come = lines_changed(text, text_after(text, edited(book, "org.colocation", label=label)))
    assert (len(gone), len(come)) == (1, 1)


@settings(deadline=None, max_examples=40, suppress_health_check=[HealthCheck.too_slow])
@given(branches())
def test_the_text_says_what_the_codebook_says(drawn: tuple[Codebook, Codebook, Codebook]) -> None:
    base, ours, theirs = drawn
    for before, after in ((base, ours), (ours, theirs)):
        assert book_of(text_after(text_of(before), after, (text_of(theirs),))) == after


@settings(deadline=None, max_examples=40, suppress_health_check=[HealthCheck.too_slow])
@given(branches())
def test_every_conflict_stands_between_marks_and_check_names_them(drawn: tuple[Codebook, Codebook, Codebook]) -> None:
    base, ours, theirs = drawn
    merged = merge(base, ours, theirs)
    if not merged.conflicts:
        return
    text = marks.marked(text_after(text_of(ours), merged.codebook), merged.conflicts)
    _book, faults = examine_text(text, Path())
    begins = [number for number, line in enumerate(text.splitlines(), 1) if line.startswith("<<<<<<<")]
    assert [fault.line for fault in faults.all()] == begins
    places = {(c.code, c.field.partition(".")[0] if c.code else c.field) for c in merged.conflicts}
    assert 0 < len(begins) <= len(places)
    assert text.count("\n=======\n") == text.count("\n>>>>>>>") == len(begins)


def test_marks_hold_the_texts_of_both_sides_and_the_base() -> None:
    book = book_of(TEXT)
    ours = edited(book, "org.near", label={"nb": "A", "en": "Proximity"})
    theirs = edited(book, "org.near", label={"nb": "B", "en": "Proximity"})
    merged = merge(book, ours, theirs)
    text = marks.marked(text_after(TEXT, merged.codebook), merged.conflicts)
    start = text.index("<<<<<<<")
    assert text[start : text.index(">>>>>>>")].splitlines() == [
        "<<<<<<< ours: org.near, label (nb): both sides changed it, differently",
        '    label: {nb: "A", en: "Proximity"}',
        "||||||| base",
        '    label: {nb: "Nærhet", en: "Proximity"}',
        "=======",
        '    label: {nb: "B", en: "Proximity"}',
    ]


def test_a_template_of_resolutions_is_read_back_when_it_is_filled_in(tmp_path: Path) -> None:
    ours = edited(edited(SMALL, "org.near", label={"nb": "A"}), "org.lead", definition={"nb": "Om sjefer."})
    theirs = edited(without(SMALL, "org.lead"), "org.near", label={"nb": "B: «b»"})
    merged = merge(SMALL, ours, theirs)
    file = tmp_path / "r.yaml"
    text = resolutions.template(merged, (Proposal("rel.trust", "org.near", 0.9, 0.1, 0.5),), {})
    file.write_text(text, "utf-8")
    assert resolutions.read(file) == {}
    assert "50% of the coded text in common" in text
    file.write_text(text.replace("choice:\n", "choice: ours\n"), "utf-8")
    decisions = resolutions.read(file)
    assert decisions == {conflict.key: Decision("ours") for conflict in merged.conflicts}
    assert merge(SMALL, ours, theirs, decisions).conflicts == ()


@pytest.mark.parametrize(
    ("text", "what"),
    [
        ("", "line 1, column 1: there is no list"),
        ("decisions:\n  - code: a\n    field: label.nb\n    choice: mine\n", "line 4, column 13: “choice” is one of"),
        ("decisions:\n  - code: a\n    choice: merge\n", "“merge” needs “into:”"),
        ("decisions:\n  - code: a\n    field: valence\n    choice: text\n    text: good\n", "cannot be the valence"),
        ("decisions: [1]\n", "a decision has the fields"),
        ("<<<<<<<: {", "line 1"),
    ],
)
def test_a_file_of_resolutions_with_a_fault_is_refused(text: str, what: str, tmp_path: Path) -> None:
    file = tmp_path / "r.yaml"
    file.write_text(text, "utf-8")
    with pytest.raises(FileProblem, match=what.replace("(", "\\(")):
        resolutions.read(file)
