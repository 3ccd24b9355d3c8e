"""Three-way merge of codebooks: what one side changed is taken, what both changed is asked, and the result is whole."""

from collections.abc import Mapping
from dataclasses import replace
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from ipscoding.codebook import flat
from ipscoding.codebook.conflicts import Conflict, Decision, Key, Merged, Why
from ipscoding.codebook.merge import merge
from ipscoding.domain import Codebook
from tests.codebook_example import branches, faults_of, valid

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
