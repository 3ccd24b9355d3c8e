"""Three-way merge of codebooks: what one side changed is taken, what both changed is asked, and the result is whole."""

from collections.abc import Mapping
from dataclasses import replace
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from ipscoding.codebook import flat
from ipscoding.codebook.conflicts import ORDER, Conflict, Decision, Key, Merged, Used, Why
from ipscoding.codebook.merge import merge
from ipscoding.domain import Code, Codebook, Example, Valence
from ipscoding.errors import NotAllowed, NotFound
from tests.codebook_example import SMALL, added, branches, edited, faults_of, valid, without

PROPERTY = settings(
    deadline=None, max_examples=150, suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow]
)


def only(found: tuple[Any, ...]) -> Any:
    (one,) = found
    return one


def mirrored(merged: Merged) -> list[Conflict]:
    """The conflicts with the sides' names exchanged."""
    swap = {"ours": "theirs", "theirs": "ours"}
    return [
        replace(c, ours=c.theirs, theirs=c.ours, choices=tuple(sorted(swap.get(one, one) for one in c.choices)))
        for c in merged.conflicts
    ]


def plain(merged: Merged) -> list[Conflict]:
    return [replace(c, choices=tuple(sorted(c.choices))) for c in merged.conflicts]


@PROPERTY
@given(branches())
def test_the_sides_may_be_exchanged(drawn: tuple[Codebook, Codebook, Codebook]) -> None:
    base, ours, theirs = drawn
    one, other = merge(base, ours, theirs), merge(base, theirs, ours)
    assert plain(one) == mirrored(other)
    known = {conflict.key for conflict in one.conflicts}
    if all(base.by_id.get(code) or not code for code, _field in known):
        assert one.codebook == other.codebook


@PROPERTY
@given(branches())
def test_a_side_that_did_nothing_changes_nothing(drawn: tuple[Codebook, Codebook, Codebook]) -> None:
    base, ours, theirs = drawn
    for side in (ours, theirs):
        for merged in (merge(base, side, base), merge(base, base, side), merge(base, side, side)):
            assert (merged.codebook, merged.conflicts) == (side, ())


@PROPERTY
@given(branches())
def test_merging_again_changes_nothing(drawn: tuple[Codebook, Codebook, Codebook]) -> None:
    base, ours, theirs = drawn
    once = merge(base, ours, theirs)
    if not once.conflicts:
        again = merge(ours, once.codebook, ours)
        assert (again.codebook, again.conflicts) == (once.codebook, ())


UNITING = ("roles", "examples", "rules")


@PROPERTY
@given(branches())
def test_fields_conflict_exactly_where_both_sides_changed_them_differently(
    drawn: tuple[Codebook, Codebook, Codebook],
) -> None:
    base, ours, theirs = drawn
    expected = set()
    for code in base.codes:
        if code.id not in ours.by_id or code.id not in theirs.by_id:
            continue
        b, o, t = (flat.of_code(book.by_id[code.id]) for book in drawn)
        for name in {*b, *o, *t} - {"version", "uuid"}:
            sides = b.get(name), o.get(name), t.get(name)
            if len({repr(side) for side in sides}) == 3 and not _unites(name, *sides):
                expected.add((code.id, name))
    found = {
        c.key
        for c in merge(*drawn).conflicts
        if c.code in base.by_id and c.code in ours.by_id and c.code in theirs.by_id and c.why is Why.CHANGED
    }
    assert found == expected


def _unites(name: str, base: Any, ours: Any, theirs: Any) -> bool:
    only_added = all(item in (side or []) for item in base or [] for side in (ours, theirs))
    return name == "roles" or (name == "examples" and only_added)


def decided(conflict: Conflict, draw: st.DataObject) -> Decision:
    """What a person could say to a conflict; where a text must be given, one that is new."""
    choice = draw.draw(st.sampled_from(conflict.choices)) if not conflict.refused else conflict.choices[-1]
    if choice == "merge":
        return Decision("merge", conflict.other)
    if choice != "text":
        return Decision(choice)
    texts: Mapping[str, Any] = {
        "parent": None,
        "merged_into": None,
        "examples": [],
        "roles": [],
        "valence": "both",
        "codable": True,
        "version": "9",
        "comment": "# x",
    }
    if conflict.field in texts:
        return Decision("text", texts[conflict.field])
    if conflict.field.startswith("section."):
        return Decision("text", {"id": conflict.field.partition("/")[2], "label": {"nb": "Ny"}})
    return Decision("text", f"Nytt {conflict.code} {conflict.field}")


@PROPERTY
@given(drawn=branches(), data=st.data())
def test_what_is_decided_to_the_end_is_a_codebook_without_faults(
    drawn: tuple[Codebook, Codebook, Codebook], data: st.DataObject, tmp_path_factory: pytest.TempPathFactory
) -> None:
    decisions: dict[Key, Decision] = {}
    merged = merge(*drawn)
    for _round in range(30):
        if not merged.conflicts:
            break
        conflict = data.draw(st.sampled_from(merged.conflicts))
        decisions[conflict.key] = decided(conflict, data)
        merged = merge(*drawn, decisions)
    assert merged.conflicts == ()
    assert valid(merged.codebook)
    assert faults_of(merged.codebook, tmp_path_factory.getbasetemp()) == []


def test_each_side_is_taken_where_only_it_changed() -> None:
    ours = edited(SMALL, "org.near", label={"nb": "Samlokalisering", "en": "Proximity"}, parent="rel")
    theirs = edited(SMALL, "org.near", label={"nb": "Nærhet", "en": "Co-location"}, colour="#aabbcc")
    merged = merge(SMALL, ours, theirs)
    assert merged.conflicts == ()
    code = merged.codebook.by_id["org.near"]
    assert (code.label, code.parent, code.colour) == ({"nb": "Samlokalisering", "en": "Co-location"}, "rel", "#aabbcc")


def test_a_conflict_holds_all_three_texts_and_each_choice_decides_it() -> None:
    ours = edited(SMALL, "org.lead", definition={"nb": "Om sjefer."})
    theirs = edited(SMALL, "org.lead", definition={"nb": "Om styring."})
    conflict = only(merge(SMALL, ours, theirs).conflicts)
    assert conflict == Conflict("org.lead", "definition.nb", Why.CHANGED, "Om ledere.", "Om sjefer.", "Om styring.")
    for decision, text in (
        (Decision("ours"), "Om sjefer."),
        (Decision("theirs"), "Om styring."),
        (Decision("base"), "Om ledere."),
        (Decision("text", "Om begge."), "Om begge."),
    ):
        merged = merge(SMALL, ours, theirs, {conflict.key: decision})
        assert merged.conflicts == ()
        assert merged.codebook.by_id["org.lead"].definition == {"nb": text}


def test_a_meaning_that_is_neither_sides_is_a_new_version() -> None:
    ours = edited(SMALL, "org.near", definition={"nb": "Ny."}, version=2)
    theirs = edited(SMALL, "org.near", exclude_when={"nb": "Aldri."}, version=2)
    merged = merge(SMALL, ours, theirs)
    assert merged.codebook.by_id["org.near"].version == 3
    assert [(check.code, check.why) for check in merged.checks] == [("org.near", "meaning")]


@pytest.mark.parametrize(
    ("ours", "theirs", "why"),
    [
        ({"label": {"nb": "Samlokalisering"}}, {"definition": {"nb": "Ny."}}, "drift"),
        ({"definition": {"nb": "Ny.", "en": "Distance between people."}},
         {"definition": {"nb": "Avstand mellom folk.", "en": "New."}}, "languages"),
        ({"valence": Valence.BARRIER}, {"include_when": {"nb": "Lunsj."}}, "meaning"),
    ],
)  # fmt: skip
def test_clean_but_to_check(ours: dict[str, Any], theirs: dict[str, Any], why: str) -> None:
    merged = merge(SMALL, edited(SMALL, "org.near", **ours), edited(SMALL, "org.near", **theirs))
    assert merged.conflicts == ()
    assert [check.why for check in merged.checks] == [why]


def test_a_code_deleted_by_one_side_goes_unless_the_other_changed_or_used_it() -> None:
    gone = without(SMALL, "org.lead")
    assert "org.lead" not in merge(SMALL, gone, SMALL).codebook.by_id
    changed = edited(SMALL, "org.lead", label={"nb": "Styring"})
    conflict = only(merge(SMALL, gone, changed).conflicts)
    assert (conflict.key, conflict.why, conflict.ours) == (("org.lead", ""), Why.DELETED, None)
    assert "org.lead" not in merge(SMALL, gone, changed, {conflict.key: Decision("ours")}).codebook.by_id
    kept = merge(SMALL, gone, changed, {conflict.key: Decision("theirs")})
    assert kept.codebook.by_id["org.lead"].label == {"nb": "Styring"}
    assert only(merge(SMALL, gone, SMALL, used=Used(theirs={"org.lead": 3})).conflicts).why is Why.DELETED


def test_a_code_deleted_by_one_side_under_which_the_other_put_something() -> None:
    gone = without(without(SMALL, "rel.trust"), "rel")
    theirs = added(SMALL, Code("rel.new", {"nb": "Ny"}, parent="rel"))
    conflict = only(merge(SMALL, gone, theirs).conflicts)
    assert (conflict.code, conflict.why, conflict.other) == ("rel", Why.DELETED, "rel.new")
    decisions = {conflict.key: Decision("ours")}
    orphan = only(merge(SMALL, gone, theirs, decisions).conflicts)
    assert (orphan.key, orphan.why, orphan.other) == (("rel.new", "parent"), Why.PARENT, "rel")
    merged = merge(SMALL, gone, theirs, {**decisions, orphan.key: Decision("text", "org")})
    assert (merged.conflicts, merged.codebook.by_id["rel.new"].parent) == ((), "org")


def test_retired_by_one_side_and_redefined_by_the_other_is_a_conflict() -> None:
    ours = edited(SMALL, "org.lead", retired=True, merged_into="org.near")
    theirs = edited(SMALL, "org.lead", definition={"nb": "Ny."})
    conflict = only(merge(SMALL, ours, theirs).conflicts)
    assert (conflict.key, conflict.why) == (("org.lead", "retired"), Why.RETIRED)
    back = merge(SMALL, ours, theirs, {conflict.key: Decision("theirs")}).codebook.by_id["org.lead"]
    assert (back.retired, back.merged_into, back.definition) == (False, None, {"nb": "Ny."})
    gone = merge(SMALL, ours, theirs, {conflict.key: Decision("ours")}).codebook.by_id["org.lead"]
    assert (gone.retired, gone.merged_into) == (True, "org.near")


def test_retired_by_one_side_and_coded_with_by_the_other_is_to_check() -> None:
    merged = merge(SMALL, edited(SMALL, "org.lead", retired=True), SMALL, used=Used(theirs={"org.lead": 2}))
    assert (merged.conflicts, [check.why for check in merged.checks]) == ((), ["used"])


def test_moves_that_run_in_a_circle_only_together() -> None:
    ours = edited(SMALL, "org", parent="rel")
    theirs = edited(SMALL, "rel", parent="org")
    merged = merge(SMALL, ours, theirs)
    assert [(c.code, c.field, c.why) for c in merged.conflicts] == [
        ("org", "parent", Why.CIRCLE),
        ("rel", "parent", Why.CIRCLE),
    ]
    done = merge(SMALL, ours, theirs, {("org", "parent"): Decision("ours"), ("rel", "parent"): Decision("ours")})
    assert (done.conflicts, done.codebook.by_id["org"].parent) == ((), "rel")
    both = merge(SMALL, ours, theirs, {("org", "parent"): Decision("ours"), ("rel", "parent"): Decision("theirs")})
    assert both.conflicts
    assert all(conflict.refused for conflict in both.conflicts)


def test_codes_merged_into_each_other() -> None:
    ours = edited(SMALL, "org.lead", retired=True, merged_into="org.near")
    theirs = edited(SMALL, "org.near", retired=True, merged_into="org.lead")
    assert {c.field for c in merge(SMALL, ours, theirs).conflicts} == {"merged_into"}


def test_one_label_twice_under_one_parent_is_asked_and_can_become_one_code() -> None:
    ours = added(SMALL, Code("org.power", {"nb": "Makt"}, parent="org"))
    theirs = added(SMALL, Code("org.might", {"nb": "makt "}, parent="org"))
    conflict = only(merge(SMALL, ours, theirs).conflicts)
    assert (conflict.key, conflict.other, conflict.why) == (("org.power", "label.nb"), "org.might", Why.LABEL)
    merged = merge(SMALL, ours, theirs, {conflict.key: Decision("merge", "org.might")})
    code = merged.codebook.by_id["org.power"]
    assert (merged.conflicts, code.retired, code.merged_into) == ((), True, "org.might")
    renamed = merge(SMALL, ours, theirs, {conflict.key: Decision("text", "Myndighet")})
    assert renamed.conflicts == ()
    assert renamed.codebook.by_id["org.power"].label == {"nb": "Myndighet"}


def test_an_example_that_the_other_sides_valence_forbids() -> None:
    ours = edited(SMALL, "rel.trust", valence=Valence.BARRIER)
    theirs = edited(SMALL, "rel.trust", examples=(Example(Valence.FACILITATOR, "nb", "Jeg stoler på henne."),))
    conflict = only(merge(SMALL, ours, theirs).conflicts)
    assert (conflict.key, conflict.why) == (("rel.trust", "valence"), Why.EXAMPLES)
    assert merge(SMALL, ours, theirs, {conflict.key: Decision("theirs")}).conflicts == ()
    narrow = merge(SMALL, ours, theirs, {conflict.key: Decision("ours")})
    assert only(narrow.conflicts).field == "examples"


def test_lists_to_which_both_only_added_unite() -> None:
    one, two = (Example(Valence.BARRIER, "nb", text) for text in ("A.", "B."))
    known = SMALL.by_id["org.near"].examples
    merged = merge(
        SMALL,
        edited(SMALL, "org.near", examples=(*known, two), roles=("clinician", "patient")),
        edited(SMALL, "org.near", examples=(*known, one), roles=()),
    )
    assert merged.conflicts == ()
    assert merged.codebook.by_id["org.near"].examples == (*known, one, two)
    assert merged.codebook.by_id["org.near"].roles == ("patient",)


def test_both_changed_the_order() -> None:
    codes = SMALL.codes
    ours = replace(SMALL, codes=(*codes[:2], codes[3], codes[2], codes[4]))
    theirs = replace(SMALL, codes=(*codes[:2], codes[4], codes[2], codes[3]))
    conflict = only(merge(SMALL, ours, theirs).conflicts)
    assert conflict.key == ("", ORDER)
    for choice, side in (("ours", ours), ("theirs", theirs)):
        assert merge(SMALL, ours, theirs, {conflict.key: Decision(choice)}).codebook == side  # type: ignore[arg-type]


def test_what_a_side_adds_stays_where_it_put_it() -> None:
    new = Code("org.new", {"nb": "Ny"}, parent="org")
    ours = replace(SMALL, codes=(*SMALL.codes[:3], new, *SMALL.codes[3:]))
    theirs = added(SMALL, Code("rel.new", {"nb": "Ny"}, parent="rel"))
    ids = [code.id for code in merge(SMALL, ours, theirs).codebook.codes]
    assert ids == ["org", "rel", "org.near", "org.new", "org.lead", "rel.trust", "rel.new"]


def test_without_a_base_nothing_is_deleted() -> None:
    ours, theirs = without(SMALL, "org.lead"), without(SMALL, "rel.trust")
    merged = merge(None, ours, theirs)
    assert (merged.conflicts, set(merged.codebook.by_id)) == ((), set(SMALL.by_id))


def test_another_codebook_is_refused() -> None:
    with pytest.raises(NotAllowed, match="another codebook"):
        merge(None, SMALL, replace(SMALL, id="stor"))


def test_a_decision_on_a_code_that_nobody_has_is_refused() -> None:
    with pytest.raises(NotFound, match=r"org\.naer label"):
        merge(SMALL, SMALL, SMALL, {("org.naer", "label.nb"): Decision("ours")})
