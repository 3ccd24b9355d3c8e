"""Which quotes are chosen: spread over roles, people and directions, the same ones each time."""

import random
from collections import Counter

from hypothesis import given
from hypothesis import strategies as st

from ipscoding.analysis.quotes import distinct, for_reading, per_code, spread
from ipscoding.domain import Excerpt, Valence


def quote(
    number: int, role: str = "patient", person: str = "P1", words: int = 10, place: int | None = None, **fields: object
) -> Excerpt:
    start = 1000 * number if place is None else place
    row: dict[str, object] = dict.fromkeys(Excerpt._fields, "") | {
        "coding_id": str(number), "document_id": person, "document": person, "informant": person, "role": role,
        "code": "a", "start": start, "end": start + 100, "text": " ".join(["ord"] * words), "turn": 1,
        "valence": Valence.NONE, "coder": "A", "attributes": {},
    }  # fmt: skip
    return Excerpt(**(row | fields))  # type: ignore[arg-type]


drawn = st.lists(
    st.builds(
        quote,
        st.integers(0, 40),
        st.sampled_from(["patient", "clinician", ""]),
        st.sampled_from(["P1", "P2", "P10"]),
        st.integers(0, 30),
        code=st.sampled_from(["a", "b"]),
        valence=st.sampled_from(list(Valence)),
    ),
    max_size=25,
    unique_by=lambda row: (row.coding_id, row.document, row.role, row.text, row.code, row.valence),
)


def test_roles_come_first_then_people_then_directions() -> None:
    rows = [quote(n, "patient", f"P{n % 2}", valence=Valence.BARRIER) for n in range(20)]
    rows += [quote(50, "clinician", "C1", valence=Valence.BARRIER), quote(51, "clinician", "C1", valence=Valence.BOTH)]
    taken = spread(rows, 4)
    assert Counter(row.role for row in taken) == {"patient": 2, "clinician": 2}
    assert {row.informant for row in taken if row.role == "patient"} == {"P0", "P1"}
    assert {row.valence for row in taken if row.role == "clinician"} == {Valence.BARRIER, Valence.BOTH}


def test_neither_scraps_nor_speeches() -> None:
    rows = [quote(n, words=words) for n, words in enumerate([1, 2, 20, 400, 18])]
    assert [len(row.text.split()) for row in spread(rows, 2)] == [18, 20]


def test_what_overlaps_is_shown_once() -> None:
    rows = [quote(1, place=0), quote(2, place=50), quote(3, place=100)]
    assert [row.coding_id for row in spread(rows, 3)] == ["1", "3"]


def test_what_two_coders_coded_alike_is_one_quote() -> None:
    rows = [quote(1), quote(2, place=1000, coder="B"), quote(3, place=1000, valence=Valence.BOTH)]
    assert [row.coding_id for row in distinct(rows)] == ["1", "3"]


def test_they_are_read_by_code_role_and_informant_with_p2_before_p10() -> None:
    rows = [quote(1, person="P10"), quote(2, person="P2"), quote(3, "clinician", "C1"), quote(4, code="b")]
    assert [row.coding_id for row in for_reading(rows, ["b", "a"])] == ["4", "3", "2", "1"]


@given(drawn, st.integers(0, 8), st.randoms(use_true_random=False))
def test_the_same_excerpts_in_any_order_give_the_same_choice(rows: list[Excerpt], n: int, order: random.Random) -> None:
    shuffled = list(rows)
    order.shuffle(shuffled)
    assert spread(rows, n) == spread(shuffled, n)
    assert len(spread(rows, n)) <= n


@given(drawn, st.integers(1, 8))
def test_no_role_is_passed_over_for_a_second_quote_of_another(rows: list[Excerpt], n: int) -> None:
    apart = [row for number, row in enumerate(rows) if not any(_overlap(row, other) for other in rows[:number])]
    taken = spread(apart, n)
    assert len({row.role for row in taken}) == min(n, len({row.role for row in apart}))


def _overlap(one: Excerpt, other: Excerpt) -> bool:
    return one.document_id == other.document_id and one.start < other.end and other.start < one.end


@given(drawn, st.integers(0, 4))
def test_each_code_has_its_own_and_their_order_stays(rows: list[Excerpt], n: int) -> None:
    taken = per_code(rows, n)
    assert [row for row in rows if any(row is one for one in taken)] == taken
    assert all(count <= n for count in Counter(row.code for row in taken).values())
