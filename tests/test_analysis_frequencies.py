"""What the frequency tables promise, on cases small enough to count by hand, and against a naive count."""

from collections.abc import Mapping, Sequence
from itertools import product
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from ipscoding.analysis import UNITS, Row, Table, frequencies
from ipscoding.domain import Code, Codebook, Document, Excerpt, Informant, Span, Valence, count_words
from ipscoding.errors import NotAllowed, NotFound

TEXT = "ja vi satt dør om dør og det hjalp veldig mye når noe skjedde da kunne jeg bare gå bort og spørre"
B, F, BOTH, NONE = Valence.BARRIER, Valence.FACILITATOR, Valence.BOTH, Valence.NONE

BOOK = Codebook(
    id="b",
    title={},
    codes=(
        Code(id="org", label={"nb": "Organisering", "en": "Organisation"}, codable=False),
        Code(
            id="org.near", label={"nb": "Samlokalisering", "en": "Co-location"}, parent="org", links={"cfir": "infra"}
        ),
        Code(id="org.team", label={"nb": "Team", "en": "Team"}, parent="org", links={"cfir": "infra"}),
        Code(id="col", label={"nb": "Samarbeid", "en": "Collaboration"}, codable=False),
        Code(id="col.trust", label={"nb": "Tillit", "en": "Trust"}, parent="col", links={"cfir": "relations"}),
        Code(id="col.old", label={"nb": "Gammel", "en": "Old"}, parent="col", retired=True),
    ),
)
PEOPLE = [
    Informant("1", "P1", "patient", {"site": "S1"}),
    Informant("2", "P2", "patient", {"site": "S2"}),
    Informant("3", "C1", "clinician", {"site": "S1"}),
    Informant("4", "C2", "clinician", {"site": "S2"}),
    Informant("5", "never interviewed", "employer"),
]
DOCUMENTS = [
    Document("d1", "one", "", informant="P1", words=100),
    Document("d2", "two", "", informant="P2", words=200),
    Document("d3", "three", "", informant="C1", words=400),
]
ROLE_OF = {"P1": "patient", "P2": "patient", "C1": "clinician"}


def coding(
    document: str = "d1", code: str = "org.near", span: tuple[int, int] = (0, 10), valence: Valence = NONE,
    coder: str = "A", **more: Any,
) -> Excerpt:  # fmt: skip
    who = {document.id: document for document in DOCUMENTS}.get(document, Document(document, "", "")).informant
    fields: dict[str, Any] = {
        "coding_id": f"{document}{code}{span}{coder}", "project": "p", "document_id": document, "document": document,
        "informant": who, "role": ROLE_OF.get(who, ""), "speaker": "P", "turn": 1, "code": code, "code_label": code,
        "code_path": code, "domain": code.split(".")[0], "valence": valence, "strength": None, "coder": coder,
        "coded_at": "", "origin": "manual", "codebook_version": 1, "start": span[0], "end": span[1],
        "text": TEXT[span[0] : span[1]], "context_before": "", "context_after": "", "memo": "", "status": "done",
    }  # fmt: skip
    return Excerpt(**(fields | more))


def count(rows: Sequence[Excerpt], **options: Any) -> Table:
    return frequencies(rows, options.pop("documents", DOCUMENTS), options.pop("informants", PEOPLE), BOOK, **options)


def row(table: Table, **wanted: str) -> Row:
    found = [row for row in table.rows if all(row[name] == value for name, value in wanted.items())]
    assert len(found) == 1, (wanted, found)
    return found[0]


def figures(row: Row, *names: str) -> list[object]:
    return [row[name] for name in names]


def test_a_coding_counts_as_segment_informant_document_and_words_with_denominators_beside() -> None:
    table = count([coding(span=(0, 10)), coding("d3", "org.team", (3, 10))])
    near = row(table, code="org.near")
    assert figures(near, "segments", "segments_of", "segments_share") == [1, 2, 0.5]
    assert figures(near, "informants", "informants_of", "informants_share") == [1, 3, 1 / 3]
    assert figures(near, "documents", "documents_of", "documents_share") == [1, 3, 1 / 3]
    assert figures(near, "words", "words_of", "words_share") == [3, 700, 3 / 700]


def test_overlapping_codings_of_one_code_by_one_coder_are_one_segment() -> None:
    table = count([coding(span=(0, 10)), coding(span=(3, 14)), coding(span=(13, 18)), coding(span=(40, 45))])
    assert row(table, code="org.near")["segments"] == 2
    assert row(table, code="org.near")["words"] == count_words(TEXT[0:18]) + count_words(TEXT[40:45])


def test_codings_that_only_touch_are_two_segments() -> None:
    assert row(count([coding(span=(0, 3)), coding(span=(3, 10))]), code="org.near")["segments"] == 2


def test_the_same_stretch_under_two_codes_is_two_segments_and_its_words_were_spoken_once() -> None:
    rows = [coding(span=(0, 10)), coding(code="org.team", span=(0, 10))]
    everything = count(rows, by=("role",))
    patients = row(everything, role="patient")
    assert figures(patients, "segments", "words", "words_of") == [2, 3, 300]
    assert figures(row(count(rows, by=())), "segments", "words") == [2, 3]


def test_a_domain_is_the_union_of_its_codes_and_not_their_sum() -> None:
    rows = [coding(span=(0, 10)), coding(code="org.team", span=(3, 18)), coding(code="org.team", span=(40, 45))]
    org = row(count(rows, by=("domain",)), domain="org")
    assert figures(org, "segments", "segments_of", "informants") == [2, 2, 1]
    assert org["words"] == count_words(TEXT[0:18]) + count_words(TEXT[40:45])
    assert org["domain_label"] == "Organisation"


def test_parents_have_rows_on_request_and_the_total_stays_that_of_the_codes_themselves() -> None:
    rows = [coding(span=(0, 10)), coding(code="org.team", span=(3, 18)), coding(code="col.trust", span=(40, 45))]
    table = count(rows, parents=True)
    assert [row["code"] for row in table.rows] == ["org", "org.near", "org.team", "col", "col.trust"]
    assert figures(row(table, code="org"), "segments", "segments_of") == [1, 3]
    assert figures(row(table, code="org.team"), "segments", "segments_of") == [1, 3]


def test_a_codable_parent_holds_its_own_codings_and_those_below() -> None:
    nested = Codebook("n", {}, codes=(Code("a", {}), Code("a.b", {}, parent="a")))
    rows = [coding(code="a", span=(0, 5)), coding(code="a.b", span=(3, 9)), coding(code="a.b", span=(20, 25))]
    table = frequencies(rows, DOCUMENTS, PEOPLE, nested)
    assert figures(row(table, code="a"), "segments", "segments_of") == [2, 3]
    assert figures(row(table, code="a.b"), "segments", "segments_of") == [2, 3]


def test_codes_roll_up_to_a_framework_of_the_codebook() -> None:
    rows = [coding(span=(0, 10)), coding(code="org.team", span=(3, 18)), coding(code="col.trust", span=(40, 45))]
    table = count(rows, by=("cfir",), units=("segments",))
    assert [(row["cfir"], row["segments"], row["segments_of"]) for row in table.rows] == [
        ("infra", 1, 2),
        ("relations", 1, 2),
    ]


def test_zeros_are_kept_for_every_active_code_in_every_group_and_retired_codes_only_where_used() -> None:
    table = count([coding()], by=("role", "code"))
    assert [(row["role"], row["code"], row["segments"]) for row in table.rows] == [
        ("clinician", "org.near", 0), ("clinician", "org.team", 0), ("clinician", "col.trust", 0),
        ("patient", "org.near", 1), ("patient", "org.team", 0), ("patient", "col.trust", 0),
    ]  # fmt: skip
    assert [row["code"] for row in count([coding(code="col.old")]).rows][-1] == "col.old"


def test_no_codings_at_all_gives_zeros_and_undefined_shares() -> None:
    table = count([])
    assert figures(row(table, code="org.near"), "segments", "segments_of", "segments_share") == [0, 0, None]
    assert figures(row(table, code="org.near"), "informants", "informants_of", "informants_share") == [0, 3, 0.0]
    nothing = frequencies([], [], [], Codebook("e", {}), by=())
    assert figures(row(nothing), "segments", "informants_share", "words_share", "balance") == [0, None, None, None]


def test_a_code_that_the_codebook_lacks_still_has_a_row() -> None:
    gone = row(count([coding(code="gone.code", code_label="Gone")]), code="gone.code")
    assert figures(gone, "code_label", "segments") == ["Gone", 1]


def test_groups_are_of_those_interviewed_only() -> None:
    table = count([coding()], by=("role",))
    assert [row["role"] for row in table.rows] == ["clinician", "patient"]
    assert figures(row(table, role="patient"), "informants", "informants_of", "documents_of") == [1, 2, 2]
    both = count([coding()], by=("role", "site"), units=("informants",))
    assert [tuple(row.values())[:4] for row in both.rows] == [
        ("clinician", "S1", 0, 1),
        ("patient", "S1", 1, 1),
        ("patient", "S2", 0, 1),
    ]


def test_one_informant_in_two_documents_counts_once() -> None:
    twice = [*DOCUMENTS, Document("d4", "one again", "", informant="P1", words=50)]
    table = count([coding("d1"), coding("d4", informant="P1")], documents=twice)
    assert figures(row(table, code="org.near"), "informants", "informants_of", "documents", "documents_of") == [
        1, 3, 2, 4,
    ]  # fmt: skip


def test_documents_that_name_nobody_each_hold_a_person_of_their_own() -> None:
    unnamed = [Document("x", "x", "", words=10), Document("y", "y", "", words=10)]
    table = count([coding("x"), coding("y")], documents=unnamed, by=("informant",), units=("informants",))
    assert [tuple(row.values())[:3] for row in table.rows] == [("", 1, 1), ("", 1, 1)]
    assert any("2 interviews name no informant" in note for note in table.notes)


def test_balance_counts_both_on_each_side_and_is_undefined_where_there_is_neither() -> None:
    spans = [(0, 5), (10, 15), (20, 25), (30, 35)]
    rows = [coding(span=span, valence=valence) for span, valence in zip(spans, (B, F, F, BOTH), strict=True)]
    rows.append(coding(code="org.team", valence=NONE))
    table = count(rows)
    assert figures(row(table, code="org.near"), "barrier", "facilitator", "balance") == [2, 3, 0.2]
    assert figures(row(table, code="org.team"), "barrier", "facilitator", "balance") == [0, 0, None]


def test_overlapping_barriers_are_one_barrier() -> None:
    rows = [coding(span=(0, 9), valence=B), coding(span=(5, 12), valence=B), coding(span=(5, 12), valence=F)]
    assert figures(row(count(rows), code="org.near"), "segments", "barrier", "facilitator", "balance") == [1, 1, 1, 0.0]


def test_by_valence_each_direction_has_a_row_and_shares_are_of_the_whole_group() -> None:
    rows = [coding(span=(0, 9), valence=B), coding(span=(5, 12), valence=F), coding("d3", span=(0, 3), valence=B)]
    table = count(rows, by=("valence",), units=("segments",))
    assert [tuple(row.values()) for row in table.rows] == [
        ("barrier", 2, 2, 1.0), ("facilitator", 1, 2, 0.5), ("both", 0, 2, 0.0), ("none", 0, 2, 0.0),
    ]  # fmt: skip
    assert "balance" not in table.rows[0]


def test_several_coders_are_never_added_up() -> None:
    rows = [coding(coder="B"), coding(coder="A"), coding(span=(20, 25), coder="A")]
    table = count(rows)
    assert [(row["code"], row["coder"], row["segments"]) for row in table.rows][:2] == [
        ("org.near", "A", 2),
        ("org.near", "B", 1),
    ]
    assert any("not to be added up" in note for note in table.notes)
    assert row(count(rows, coders=["A", "B"]), code="org.near", coder="B")["segments"] == 1


def test_one_chosen_coder_stands_alone_without_a_column() -> None:
    table = count([coding(coder="A"), coding(coder="B")], coders=["B"])
    assert "coder" not in [column.name for column in table.columns]
    assert figures(row(table, code="org.near"), "segments", "segments_of") == [1, 1]
    assert table.notes[0] == "Codings by B."


def test_the_consensus_layer_is_taken_where_there_is_one_and_nobody_is_chosen() -> None:
    rows = [coding(coder="A"), coding(coder="consensus", code="org.team"), coding(coder="B")]
    assert row(count(rows), code="org.near")["segments"] == 0
    assert row(count(rows), code="org.team")["segments"] == 1
    assert row(count(rows, consensus="B"), code="org.near")["segments"] == 1
    assert row(count(rows, coders=["A"]), code="org.near")["segments"] == 1


def test_pooled_coders_are_united() -> None:
    rows = [coding(span=(0, 9), coder="A"), coding(span=(5, 12), coder="B")]
    assert row(count(rows, pooled=True), code="org.near")["segments"] == 1
    with pytest.raises(NotAllowed):
        count(rows, pooled=True, by=("coder", "code"))


def test_what_starts_in_the_interviewers_turn_is_in_no_figure() -> None:
    table = count([coding(interviewer=True), coding(span=(20, 25))])
    assert row(table, code="org.near")["segments"] == 1
    assert any(note.startswith("1 coding of what the interviewer says") for note in table.notes)


def test_with_the_informants_speech_known_only_their_words_count() -> None:
    text = "I: og hva skjedde da?\n\nP: vi fikk det til"
    answer = text.index("vi")
    question = coding(span=(3, 20), text=text[3:20], interviewer=True)
    across = coding(code="org.team", span=(0, len(text)), text=text, interviewer=True)
    table = count([question, across], speech={"d1": [Span(answer, len(text))]})
    assert figures(row(table, code="org.near"), "segments", "words", "informants") == [0, 0, 0]
    assert figures(row(table, code="org.team"), "segments", "words", "informants") == [1, 4, 1]


def test_the_words_of_a_focus_group_are_divided_only_where_that_is_known() -> None:
    group = [Document("g", "group", "", speakers={"A": "P1", "B": "C1"}, words=1000)]
    rows = [coding("g", informant="P1", role="patient"), coding("g", informant="C1", role="clinician", span=(20, 25))]
    whole = row(count(rows, documents=group), code="org.near")
    assert figures(whole, "segments", "informants", "informants_of", "words_of") == [2, 2, 2, 1000]
    apart = count(rows, documents=group, by=("role",))
    assert figures(row(apart, role="patient"), "informants_of", "documents_of", "words_of", "words_share") == [
        1, 1, None, None,
    ]  # fmt: skip
    known = count(rows, documents=group, by=("role",), words={("g", "P1"): 300, ("g", "C1"): 700})
    assert row(known, role="patient")["words_of"] == 300


def test_codings_of_other_documents_are_left_out_and_that_is_said() -> None:
    table = count([coding("d1"), coding("d3")], documents=DOCUMENTS[:1])
    assert figures(row(table, code="org.near"), "segments", "documents_of") == [1, 1]
    assert any(note.startswith("1 coding in a document that is not among those counted") for note in table.notes)


def test_choosing_codes_limits_the_rows_and_not_the_denominators() -> None:
    rows = [coding(), coding(code="col.trust")]
    table = count(rows, codes=["org.*"])
    assert [row["code"] for row in table.rows] == ["org.near", "org.team"]
    assert row(table, code="org.near")["segments_of"] == 2
    assert row(count(rows, codes=["org"], by=("domain",)), domain="org")["segments_of"] == 2
    assert figures(row(count(rows, codes=["org"], by=())), "segments", "segments_of") == [1, 2]


def test_cells_with_few_people_can_be_hidden() -> None:
    rows = [coding("d1"), coding("d2"), coding("d1", "org.team")]
    table = count(rows, units=("informants", "words"), min_cell=2)
    assert figures(row(table, code="org.near"), "informants", "hidden") == [2, ""]
    assert figures(row(table, code="org.team"), "informants", "barrier", "words_share", "hidden") == [
        None, None, None, "x",
    ]  # fmt: skip
    assert row(table, code="col.trust")["informants"] == 0
    alone = count(rows, by=("role", "code"), min_cell=2)
    assert row(alone, role="clinician", code="org.near")["segments"] is None


def test_what_would_give_a_hidden_cell_away_is_hidden_with_it() -> None:
    rows = [coding("d1"), coding("d2"), coding("d1", "org.team")]
    table = count(rows, min_cell=2)
    assert [row(table, code=code)["segments"] for code in ("org.near", "org.team", "col.trust")] == [None, None, 0]
    assert {one["segments_of"] for one in table.rows} == {3}
    assert {one["hidden"] for one in table.rows} == {"x", ""}
    # from a sum of 2 both would be known to be 1
    two = count([coding("d1"), coding("d1", "org.team")], min_cell=2)
    assert {one["segments_of"] for one in two.rows} == {one["segments_share"] for one in two.rows} == {None}


def test_strengths_have_rows_of_their_own() -> None:
    rows = [coding("d1")._replace(strength=2), coding("d2")._replace(strength=1), coding("d3")]
    table = count(rows, by=("code", "strength"))
    found = {one["strength"]: one["segments"] for one in table.rows if one["code"] == "org.near"}
    assert found == {"2": 1, "1": 1, "": 1}
    assert {one["segments_of"] for one in table.rows} == {3}


@pytest.mark.parametrize(
    "options",
    [{"by": ("rolle",)}, {"units": ("segment",)}, {"coders": ["a"]}, {"codes": ["org.nera"]}, {"codes": ["x*"]}],
)
def test_a_name_that_does_not_exist_is_refused_with_what_there_is(options: Mapping[str, Any]) -> None:
    with pytest.raises(NotFound) as caught:
        count([coding()], **options)
    assert caught.value.hint


def test_a_misspelt_name_is_met_with_the_near_one() -> None:
    with pytest.raises(NotFound, match=r"Close to it: org\.near"):
        count([coding()], codes=["org.naer"])


def test_labels_come_in_the_language_asked_for() -> None:
    assert row(count([], language="nb"), code="org.near")["code_label"] == "Samlokalisering"


def test_the_columns_name_every_value_of_a_row_in_order() -> None:
    table = count([coding(coder="A"), coding(coder="B")], by=("code", "role"), min_cell=1)
    assert all([column.name for column in table.columns] == list(row) for row in table.rows)


# Against a count that knows nothing of how the real one goes about it -------------------------------------------

spans = st.tuples(st.integers(0, 60), st.integers(1, 25)).map(lambda pair: (pair[0], pair[0] + pair[1]))
codings = st.lists(
    st.builds(
        lambda document, code, span, valence, coder: coding(document, code, span, valence, coder),
        st.sampled_from(["d1", "d2", "d3"]),
        st.sampled_from(["org.near", "org.team", "col.trust"]),
        spans,
        st.sampled_from([B, F, BOTH, NONE]),
        st.sampled_from(["A", "B"]),
    ),
    max_size=25,
)


def naive_segments(rows: Sequence[Excerpt]) -> int:
    """Connected stretches: characters covered, less the joints between two characters that one coding covers."""
    characters = {place for row in rows for place in range(row.start, row.end)}
    joints = {place for row in rows for place in range(row.start, row.end - 1)}
    return len(characters) - len(joints)


def naive_words(rows: Sequence[Excerpt]) -> int:
    characters = {place for row in rows for place in range(row.start, row.end)}
    breaks = characters - {place for row in rows for place in range(row.start, row.end - 1)}
    text = "".join(TEXT[place] + ("\n" if place in breaks else "") for place in sorted(characters))
    return sum(count_words(line) for line in text.split("\n"))


@given(codings)
def test_every_cell_by_code_coder_and_role_agrees_with_sets_of_characters(rows: list[Excerpt]) -> None:
    table = count(rows, by=("code", "role", "coder"))
    for cell in table.rows:
        own = [r for r in rows if (r.code, r.role, r.coder) == (cell["code"], cell["role"], cell["coder"])]
        documents = {r.document_id for r in own}
        by_document = [[r for r in own if r.document_id == document] for document in documents]
        assert cell["segments"] == sum(map(naive_segments, by_document))
        assert cell["words"] == sum(map(naive_words, by_document))
        assert cell["documents"] == len(documents)
        assert cell["informants"] == len({r.informant for r in own})
        for side, valences in (("barrier", (B, BOTH)), ("facilitator", (F, BOTH))):
            parts = [[r for r in part if r.valence in valences] for part in by_document]
            assert cell[side] == sum(map(naive_segments, parts))


@given(codings)
def test_every_domain_agrees_with_sets_of_characters(rows: list[Excerpt]) -> None:
    for cell in count(rows, by=("domain", "coder")).rows:
        own = [r for r in rows if (r.domain, r.coder) == (cell["domain"], cell["coder"])]
        by_document = [[r for r in own if r.document_id == document] for document in ("d1", "d2", "d3")]
        assert cell["segments"] == sum(map(naive_segments, by_document))
        assert cell["words"] == sum(map(naive_words, by_document))


@given(codings, st.sampled_from([("code",), ("domain",), ("role", "code"), ("site", "domain"), ("role",)]))
def test_shares_of_segments_add_up_to_one_within_their_group(rows: list[Excerpt], by: tuple[str, ...]) -> None:
    table = count(rows, by=by, pooled=True)
    by_group: dict[object, list[Row]] = {}
    for cell in table.rows:
        group = cell[by[0]] if len(by) > 1 else ""
        by_group.setdefault(group, []).append(cell)
    for cells in by_group.values():
        assert sum(int(cell["segments"] or 0) for cell in cells) == cells[0]["segments_of"]


@given(codings, st.lists(st.sampled_from(["code", "role", "valence", "coder", "site"]), unique=True))
def test_no_part_is_larger_than_its_whole_and_order_of_rows_in_does_not_matter(
    rows: list[Excerpt], by: list[str]
) -> None:
    table = count(rows, by=by)
    for cell in table.rows:
        for unit in UNITS:
            assert cell[unit] <= cell[f"{unit}_of"]  # type: ignore[operator]
    assert count(rows[::-1], by=by) == table


@given(codings)
def test_knowing_that_everything_is_the_informants_speech_changes_nothing(rows: list[Excerpt]) -> None:
    speech = {document.id: [Span(0, len(TEXT))] for document in DOCUMENTS}
    assert count(rows, speech=speech).rows == count(rows).rows


@given(codings)
def test_coding_something_twice_changes_nothing(rows: list[Excerpt]) -> None:
    assert count(rows + rows).rows == count(rows).rows


@given(st.text("aå1-'’[]. \n\u00a0_«»", max_size=40))
def test_words_are_counted_as_everywhere_else(text: str) -> None:
    table = count([coding(span=(0, len(text)), text=text)])
    assert row(table, code="org.near")["words"] == count_words(text)


def test_on_each_side_people_are_counted_once_and_those_who_said_both_on_both() -> None:
    rows = [
        coding(span=(0, 10), valence=B), coding(span=(20, 30), valence=B), coding(span=(40, 50), valence=F),
        coding("d2", span=(0, 10), valence=BOTH), coding("d3", span=(0, 10), valence=F),
        coding("d3", span=(5, 12), valence=NONE),
    ]  # fmt: skip
    table = count(rows, sides=True)
    sides = ("barrier", "barrier_informants", "facilitator", "facilitator_informants", "informants")
    assert figures(row(table, code="org.near"), *sides) == [3, 2, 3, 3, 3]
    assert figures(row(table, code="org.team"), *sides) == [0, 0, 0, 0, 0]
    assert [column.name for column in table.columns][-2:] == ["barrier_informants", "facilitator_informants"]
    assert "barrier_informants" not in count(rows).rows[0]


def test_small_cells_hide_the_people_on_each_side_too() -> None:
    table = count([coding(valence=B)], sides=True, min_cell=2)
    assert figures(row(table, code="org.near"), "barrier_informants", "facilitator_informants") == [None, None]


def worked_out(rows: Sequence[Row], shown: Sequence[Row]) -> list[Row]:
    """The hidden rows whose number of segments is the only one that fits the totals that are shown."""
    found = []
    for total_of in {(row.get("role"), row.get("coder")) for row in rows}:
        group = [row for row in shown if (row.get("role"), row.get("coder")) == total_of]
        unseen = [row for row in group if row["hidden"]]
        totals = {row["segments_of"] for row in group} | {
            row["segments"] / row["segments_share"] for row in group if row["segments_share"] and row["segments"]
        }
        totals.discard(None)
        if not unseen or not totals:
            continue
        (total,) = {round(one) for one in totals}
        left = total - sum(row["segments"] for row in group if not row["hidden"])
        for place, row in enumerate(unseen):
            fits = {guess[place] for guess in product(range(left + 1), repeat=len(unseen)) if sum(guess) == left}
            if len(fits) < 2:
                found.append(row)
    return found


@given(st.data())
@settings(max_examples=60, deadline=None)
def test_no_hidden_row_can_be_worked_out_from_what_is_shown(data: st.DataObject) -> None:
    rows = data.draw(codings)[:9]
    by = data.draw(st.sampled_from([("code",), ("code", "role"), ("domain", "role"), ("role",), ("code", "valence")]))
    least = data.draw(st.integers(2, 3))
    options: dict[str, Any] = {"by": by, "coders": {row.coder for row in rows} or None}
    plain, shown = count(rows, **options).rows, count(rows, min_cell=least, **options).rows
    for before, after in zip(plain, shown, strict=True):
        few = 0 < min(before["informants"] or before["informants_of"], before["informants_of"]) < least
        assert not few or (after["hidden"] and after["segments"] is None)
        if not after["hidden"]:
            assert {**after, "segments_of": 0, "segments_share": 0} | {"hidden": ""} == {
                **before, "segments_of": 0, "segments_share": 0, "hidden": "",
            }  # fmt: skip
    if by not in (("code", "valence"), ("role",)):
        assert worked_out(plain, shown) == []
