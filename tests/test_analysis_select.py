"""The filters that the frequency table and the table of excerpts share."""

from typing import Any

import pytest

from ipscoding.analysis import select
from ipscoding.analysis.names import natural
from ipscoding.analysis.query import asked
from ipscoding.domain import Code, Codebook, Excerpt, Informant, Valence
from ipscoding.errors import NotFound, near

BOOK = Codebook("b", {}, codes=(Code("org", {}, codable=False), Code("org.near", {}, "org"), Code("col.trust", {})))


def excerpt(number: int, **fields: Any) -> Excerpt:
    row: dict[str, Any] = {
        "coding_id": str(number), "project": "p", "document_id": f"id{number}", "document": f"P{number}",
        "informant": f"P{number}", "role": "patient", "speaker": "P", "turn": 1, "code": "org.near",
        "code_label": "", "code_path": "", "domain": "org", "valence": Valence.BARRIER, "strength": None,
        "coder": "kari", "coded_at": "", "origin": "manual", "codebook_version": 1, "start": 0, "end": 1, "text": "x",
        "context_before": "", "context_after": "", "memo": "", "status": "", "attributes": {"site": "S1"},
    }  # fmt: skip
    return Excerpt(**(row | fields))


ROWS = [
    excerpt(1),
    excerpt(2, code="col.trust", domain="col", role="clinician", coder="Øyvind"),
    excerpt(3, valence=Valence.FACILITATOR, attributes={"site": "S2"}),
]
UNCODED = Informant("9", "P9", attributes={"trust": "T"})


@pytest.mark.parametrize(
    ("filters", "expected"),
    [
        ({}, "123"),
        ({"codes": ["org.*"]}, "13"),
        ({"codes": ["*.trust", "org.near"]}, "123"),
        ({"codes": ["org"]}, "13"),
        ({"domains": ["col"]}, "2"),
        ({"valences": ["facilitator"]}, "3"),
        ({"valences": [Valence.NONE]}, ""),
        ({"roles": ["clinic*"]}, "2"),
        ({"documents": ["P1", "id3"]}, "13"),
        ({"informants": ["P2"]}, "2"),
        ({"coders": ["Øyvind"]}, "2"),
        ({"attributes": {"site": ["S1"]}}, "12"),
        ({"attributes": {"site": ["S1"]}, "coders": ["kari"]}, "1"),
        ({"coders": ["per"]}, ""),
        ({"attributes": {"trust": ["T"]}}, ""),
    ],
)
def test_filters_keep_what_fits_all_of_them(filters: dict[str, Any], expected: str) -> None:
    found = select(ROWS, asked(**filters), codebook=BOOK, coders=["per"], informants=[UNCODED])
    assert "".join(row.coding_id for row in found) == expected


@pytest.mark.parametrize(
    ("filters", "hint"),
    [
        ({"codes": ["org.naer"]}, "org.near"),
        ({"codes": ["ogr*"]}, "org"),
        ({"domains": ["organisation"]}, "org"),
        ({"valences": ["barriers"]}, "barrier"),
        ({"roles": ["patientt"]}, "patient"),
        ({"documents": ["P11"]}, "P1"),
        ({"coders": ["oyvind"]}, "Øyvind"),
        ({"attributes": {"sites": ["S1"]}}, "site"),
        ({"attributes": {"site": ["S11"]}}, "S1"),
    ],
)
def test_an_unknown_name_is_refused_with_what_is_near(filters: dict[str, Any], hint: str) -> None:
    with pytest.raises(NotFound) as caught:
        list(select(ROWS, asked(**filters), codebook=BOOK))
    assert hint in caught.value.hint
    assert "\n" not in str(caught.value)


def test_signs_in_a_pattern_other_than_the_star_stand_for_themselves() -> None:
    with pytest.raises(NotFound):
        list(select(ROWS, asked(codes=["org[.]near"]), codebook=BOOK))
    with pytest.raises(NotFound):
        list(select(ROWS, asked(codes=["org?near"]), codebook=BOOK))


def test_numbers_in_names_sort_as_numbers() -> None:
    assert sorted(["P10", "p2", "P1", "", "ø", "2024-10", "2024-9"], key=natural) == [
        "", "2024-9", "2024-10", "P1", "p2", "P10", "ø",
    ]  # fmt: skip


def test_near_names_are_few_and_do_not_mind_capitals() -> None:
    assert near("ORG.NEAR", ["org.near", "col.trust"]) == ["org.near"]
    assert near("zzz", ["org.near"]) == []
