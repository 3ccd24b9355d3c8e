"""Cross tables and co-occurrence against pandas on the exported codings, and against trying everything."""

import csv
import io
from collections.abc import Mapping, Sequence
from itertools import combinations, product
from pathlib import Path
from typing import Any

import networkx
import pandas
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

import ipscoding
from ipscoding.analysis import Row, frequencies
from ipscoding.analysis.cooccurrence import cooccurrence, matrix_table, pairs_table
from ipscoding.analysis.crosstab_table import Form, crosstab
from ipscoding.analysis.permutation import arrangements, permutation_test
from ipscoding.domain import Code, Codebook, Document, Excerpt, Informant, Valence
from ipscoding.errors import NotAllowed, NotFound
from ipscoding.exchange.graphml_out import write_graphml
from tests.cli_example import good, say
from tests.test_analysis_frequencies import BOOK, DOCUMENTS, PEOPLE, coding, codings

Crossing = tuple[str, str, str]


def united(frame: pandas.DataFrame, by: Sequence[str]) -> pandas.DataFrame:
    """Segments: overlapping codings of one coder, document and `by` are one."""
    rows = []
    keys = ["coder", "document", *by]
    for key, group in frame.sort_values(["start", "end"]).groupby(keys, sort=False):
        end = -1
        for start, stop in zip(group["start"], group["end"], strict=True):
            if start >= end:
                rows.append((*key, start, stop))
                end = stop
            else:
                end = max(end, stop)
                rows[-1] = (*rows[-1][:-1], end)
    return pandas.DataFrame(rows, columns=[*keys, "start", "end"])


@pytest.fixture(scope="module")
def exported(built_demo: Path) -> pandas.DataFrame:
    with ipscoding.open(built_demo) as study:
        frame = pandas.DataFrame(study.excerpts())
    frame["none"] = ""
    return frame


@pytest.mark.parametrize("crossing", [("domain", "role"), ("code", "role"), ("role", "site"), ("valence", "role")])
@pytest.mark.parametrize("coder", ["A", "B"])
def test_people_in_a_table_are_those_of_pandas(
    built_demo: Path, exported: pandas.DataFrame, crossing: tuple[str, str], coder: str
) -> None:
    rows, columns = crossing
    mine = exported[exported["coder"] == coder]
    with ipscoding.open(built_demo) as study:
        made = study.crosstab(rows, columns, coders=[coder])
        people = pandas.DataFrame(study.informants())
    expected = mine.groupby([rows, columns])["informant"].nunique()
    by_row, by_column = mine.groupby(rows)["informant"].nunique(), mine.groupby(columns)["informant"].nunique()
    in_groups = [name for name in crossing if name in ("role", "site")]
    for row in made:
        key = (row[rows], row[columns])
        n = expected.get(key, 0)
        assert (row["informants"], row["row_of"], row["column_of"], row["total_of"]) == (
            n, by_row.get(key[0], 0), by_column.get(key[1], 0), mine["informant"].nunique(),
        )  # fmt: skip
        inside = people
        for name in in_groups:
            inside = inside[inside[name] == row[name]]
        assert row["informants_of"] == len(inside)
        assert row["informants_share"] == (pytest.approx(n / len(inside)) if len(inside) else None)
        for margin in ("row", "column", "total"):
            of = row[f"{margin}_of"]
            assert row[f"{margin}_share"] == (pytest.approx(n / of) if of else None)
    assert {(row[rows], row[columns]) for row in made} >= set(expected.index)


@pytest.mark.parametrize(
    "crossing", [("code", "role"), ("code", "valence"), ("domain", "valence"), ("site", "valence")]
)
def test_segments_in_a_table_are_those_of_pandas(
    built_demo: Path, exported: pandas.DataFrame, crossing: tuple[str, str]
) -> None:
    rows, columns = crossing
    mine = exported[exported["coder"] == "A"]
    of_codes = "domain" if "domain" in crossing else "code"
    roles = mine[["document", "role", "site"]].drop_duplicates()

    def counted(*apart: str) -> Mapping[Any, int]:
        """Segments by `apart`, codes never united with each other."""
        inside = [name for name in apart if name not in ("role", "site")]
        frame = united(mine, list(dict.fromkeys([of_codes, *inside]))).merge(roles, on="document")
        return dict(frame.groupby(list(apart)).size()) if len(apart) > 1 else dict(frame.groupby(apart[0]).size())

    cells, by_row, by_column = counted(rows, columns), counted(rows), counted(columns)
    total = len(united(mine, ["domain" if "domain" in crossing else "code"]))
    with ipscoding.open(built_demo) as study:
        made = study.crosstab(rows, columns, unit="segments", coders=["A"])
    for row in made:
        key = (row[rows], row[columns])
        assert (row["segments"], row["row_of"], row["column_of"], row["total_of"]) == (
            cells.get(key, 0), by_row.get(key[0], 0), by_column.get(key[1], 0), total,
        )  # fmt: skip


def test_codes_by_codes_are_people_who_have_both(built_demo: Path, exported: pandas.DataFrame) -> None:
    mine = exported[exported["coder"] == "A"]
    people = {code: set(group["informant"]) for code, group in mine.groupby("code")}
    with ipscoding.open(built_demo) as study:
        made = study.crosstab("code", "code", coders=["A"])
    for row in made:
        assert row["informants"] == len(people.get(row["code"], set()) & people.get(row["code_2"], set()))


def cross(rows: Sequence[Excerpt], one: str, other: str, **options: Any) -> list[Row]:
    return crosstab(rows, DOCUMENTS, PEOPLE, BOOK, one, other, **options).rows


@given(codings, st.sampled_from([("code", "role"), ("domain", "site"), ("valence", "role"), ("role", "site"),
                                 ("code", "document"), ("coder", "code"), ("code", "valence"),
                                 ("strength", "valence")]),
       st.sampled_from(["segments", "informants", "documents", "words"]), st.booleans())  # fmt: skip
@settings(max_examples=80, deadline=None, suppress_health_check=[HealthCheck.too_slow])
def test_a_cell_is_a_row_of_the_frequencies_and_margins_hold_their_cells(
    rows: list[Excerpt], crossing: tuple[str, str], unit: str, pooled: bool
) -> None:
    coders = sorted({row.coder for row in rows}) or None
    pooled = pooled and "coder" not in crossing
    made = cross(rows, *crossing, unit=unit, coders=coders, pooled=pooled)
    plain = frequencies(rows, DOCUMENTS, PEOPLE, BOOK, by=crossing, units=(unit,), coders=coders, pooled=pooled).rows
    assert len(made) == (len({row[crossing[0]] for row in made}) * len({row[crossing[1]] for row in made})
                         * len({row.get("coder") for row in made} if "coder" not in crossing else [1]))  # fmt: skip
    found = {(row[crossing[0]], row[crossing[1]], row.get("coder")): row for row in made}
    for row in plain:
        assert found[row[crossing[0]], row[crossing[1]], row.get("coder")][unit] == row[unit]
    for row in made:
        assert row["row_of"] >= row[unit] or unit == "segments"
        assert row["total_of"] >= row["row_of"] or unit == "segments"
        assert (row["row_share"] is None) == (row["row_of"] == 0)


@given(codings, st.sampled_from([("code", "role"), ("role", "site"), ("code", "valence"), ("domain", "role")]),
       st.sampled_from(["segments", "informants"]), st.integers(2, 3))  # fmt: skip
@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.too_slow])
def test_what_is_hidden_in_a_table_cannot_be_solved(
    rows: list[Excerpt], crossing: tuple[str, str], unit: str, least: int
) -> None:
    rows = rows[:8]
    coders = sorted({row.coder for row in rows})[:1] or None
    plain = cross(rows, *crossing, unit=unit, coders=coders)
    shown = cross(rows, *crossing, unit=unit, coders=coders, min_cell=least)
    one, other = (sorted({row[name] for row in plain}, key=str) for name in crossing)
    cells = {(row[crossing[0]], row[crossing[1]]): row for row in shown}
    unseen = [key for key, row in cells.items() if row[unit] is None]
    if not unseen or len(unseen) > 5:
        return
    top = sum(row[unit] for row in plain)
    # sums that a reader can see to hold (for people in several cells they do not, and say nothing exact)
    additive = sum(row[unit] for row in plain) == (plain[0]["total_of"] or 0)
    if not additive or top > 9:
        return
    fits: dict[Any, set[int]] = {key: set() for key in unseen}
    # of people, nobody can hold more than were interviewed in the group, which stands in the table
    most = [min(top + 1, row["informants_of"]) if unit == "informants" else top + 1 for row in map(cells.get, unseen)]
    for guess in product(*(range(n + 1) for n in most)):
        filled = {key: row[unit] for key, row in cells.items()} | dict(zip(unseen, guess, strict=True))
        sums_hold = all(
            sum(filled[row, column] for column in other) == cells[row, other[0]]["row_of"]
            for row in one if cells[row, other[0]]["row_of"] is not None
        ) and all(
            sum(filled[row, column] for row in one) == cells[one[0], column]["column_of"]
            for column in other if cells[one[0], column]["column_of"] is not None
        ) and shown[0]["total_of"] in (None, sum(filled.values()))  # fmt: skip
        if sums_hold:
            for key, value in zip(unseen, guess, strict=True):
                fits[key].add(value)
    # where nobody was interviewed there is nothing to hide
    assert all(len(values) > 1 for (key, values), n in zip(fits.items(), most, strict=True) if n), fits


def test_wide_and_long_hold_the_same(built_demo: Path, capsys: pytest.CaptureFixture[str]) -> None:
    question = ("crosstab", built_demo, "domain", "valence", "--coders", "A", "--unit", "segments", "--format", "csv")
    long = list(csv.DictReader(io.StringIO(good(capsys, *question))))
    wide = list(csv.DictReader(io.StringIO(good(capsys, *question, "--wide"))))
    by_domain: dict[str, list[str]] = {}
    for row in long:
        by_domain.setdefault(row["domain"], []).append(row["segments"])
    assert {row["domain"]: [row[f"c{n}"] for n in range(1, 5)] for row in wide[:-1]} == by_domain
    assert wide[-1]["all"] == long[0]["total_of"]
    assert [row["all"] for row in wide[:-1]] == [rows["row_of"] for rows in long[::4]]


@pytest.mark.parametrize(
    ("arguments", "says"),
    [
        (("code", "rolle"), "role"),
        (("role", "role"), "two different"),
        (("code", "domain", "--unit", "segments"), "cooccur"),
        (("coder", "code", "--pooled"), "Leave one"),
        (("code", "role", "-q", "rol:x"), "^^^"),
    ],
)
def test_what_cannot_be_crossed_is_said(
    built_demo: Path, capsys: pytest.CaptureFixture[str], arguments: tuple[str, ...], says: str
) -> None:
    said = say(capsys, "crosstab", built_demo, *arguments)
    assert (said.code, said.out) == (2, "")
    assert says in said.err


# Testing ------------------------------------------------------------------------------------------------------------


def test_p_is_the_share_of_all_rearrangements_that_are_as_far_apart() -> None:
    group_of = {"a": "x", "b": "x", "c": "x", "d": "y", "e": "y", "f": "y"}
    assert arrangements(list(group_of.values())) == 20
    apart = permutation_test(group_of, {name: [1.0] for name in "abc"}, shares=True, permutations=20_000, seed=3)
    assert apart is not None
    # 3 of 3 against 0 of 3: n(p_g - p)^2 / (p(1 - p)) is 3 in each group; two of twenty rearrangements reach it
    assert apart.statistic == pytest.approx(6)
    assert apart.p == pytest.approx(0.1, abs=0.01)
    again = permutation_test(group_of, {name: [1.0] for name in "abc"}, shares=True, permutations=20_000, seed=3)
    assert again == apart
    assert permutation_test(group_of, {}, shares=True) is None
    assert permutation_test(group_of, {name: [1.0] for name in "abcdef"}, shares=True) is None


def test_the_statistic_of_segments_is_pearsons() -> None:
    import scipy.stats

    group_of = {"a": "x", "b": "x", "c": "y", "d": "y"}
    found = permutation_test(
        group_of, {"a": [3.0, 1.0], "b": [2.0, 0.0], "c": [1.0, 4.0], "d": [0.0, 2.0]}, shares=False
    )
    assert found is not None
    assert found.statistic == pytest.approx(scipy.stats.chi2_contingency([[5, 1], [1, 6]], correction=False).statistic)


@pytest.mark.parametrize(
    ("arguments", "reason"),
    [
        (("code", "valence"), "neither side"),
        (("role", "site"), "both sides"),
        (("code", "document"), "single interviews"),
        (("code", "role", "--unit", "words"), "only informants and segments"),
        (("domain", "role", "--min-cell", 3), "hidden cells"),
    ],
)
def test_why_a_table_is_not_tested_is_said(
    built_demo: Path, capsys: pytest.CaptureFixture[str], arguments: tuple[object, ...], reason: str
) -> None:
    out = good(capsys, "crosstab", built_demo, *arguments, "--coders", "A", "--test")
    assert "Not tested, since" in out
    assert reason in out
    assert "p = " not in out


def test_a_fair_question_is_answered_with_n_statistic_and_assumptions(
    built_demo: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    out = good(capsys, "crosstab", built_demo, "domain", "role", "--coders", "A", "--test", "--seed", 7)
    assert "12 informants in 4 groups (2000 times, seed 7): statistic" in out
    assert "p = " in out
    assert "takes for granted" in out
    assert "*" not in out
    assert good(capsys, "crosstab", built_demo, "domain", "role", "--coders", "A", "--test", "--seed", 7) == out


# Co-occurrence -----------------------------------------------------------------------------------------------------


def test_overlapping_pairs_are_those_of_pandas(built_demo: Path, exported: pandas.DataFrame) -> None:
    for coder, by in (("A", ["code"]), ("B", ["code", "valence"])):
        segments = united(exported[exported["coder"] == coder], by)
        segments["label"] = segments[by].agg(":".join, axis=1)
        segments["id"] = range(len(segments))
        both = segments.merge(segments, on="document")
        both = both[
            (both["id_x"] < both["id_y"]) & (both["start_x"] < both["end_y"]) & (both["start_y"] < both["end_x"])
            & (both["code_x"] != both["code_y"])
        ]  # fmt: skip
        pairs: dict[frozenset[str], int] = {}
        for one, other in zip(both["label_x"], both["label_y"], strict=True):
            pairs[frozenset((one, other))] = pairs.get(frozenset((one, other)), 0) + 1
        with ipscoding.open(built_demo) as study:
            made = study.cooccur(coders=[coder], by_valence="valence" in by)
        names = [
            frozenset(":".join(filter(None, (row[f"code_{n}"], row.get(f"valence_{n}")))) for n in "12") for row in made
        ]
        assert {name: row["pairs"] for name, row in zip(names, made, strict=True)} == pairs
        sizes = segments.groupby("label").size()
        for row in made:
            label = ":".join(filter(None, (row["code_1"], row.get("valence_1"))))
            assert row["segments_1_of"] == sizes[label]
            met = min(row["segments_1"], row["segments_2"])
            assert row["jaccard"] == pytest.approx(met / (row["segments_1_of"] + row["segments_2_of"] - met))


BREAKS = {document.id: ([0, 30, 60], [0, 10, 20, 30, 45, 60, 80]) for document in DOCUMENTS}


@given(codings, st.sampled_from(["passage", "overlap", "turn", "0", "1", "3"]), st.booleans())
@settings(max_examples=80, deadline=None, suppress_health_check=[HealthCheck.too_slow])
def test_near_is_what_it_says(rows: list[Excerpt], within: str, pooled: bool) -> None:
    coders = sorted({row.coder for row in rows}) or None
    found = cooccurrence(rows, DOCUMENTS, PEOPLE, BOOK, within=within, coders=coders, pooled=pooled, breaks=BREAKS)
    frame = pandas.DataFrame([row._asdict() for row in rows], columns=Excerpt._fields)
    if pooled:
        frame["coder"] = ""

    def covered(document: str, start: int, end: int, which: int) -> list[int]:
        starts = BREAKS[document][which]
        ends = [*starts[1:], 10_000]
        return [n for n, (first, last) in enumerate(zip(starts, ends, strict=True)) if first < end and start < last]

    def near(one: Any, other: Any) -> bool:
        shared = min(one.end, other.end) - max(one.start, other.start)
        if within == "overlap":
            return shared > 0
        if within == "passage":
            return shared > 0 and 2 * shared >= min(one.end - one.start, other.end - other.start)
        places = [covered(one.document, segment.start, segment.end, within != "turn") for segment in (one, other)]
        apart = min(abs(a - b) for a in places[0] for b in places[1])
        return bool(apart <= (0 if within == "turn" else int(within)))

    expected: dict[tuple[str, frozenset[str]], int] = {}
    for one, other in combinations(united(frame, ["code"]).itertuples(), 2):
        if one.coder == other.coder and one.document == other.document and one.code != other.code and near(one, other):
            key = (str(one.coder), frozenset((str(one.code), str(other.code))))
            expected[key] = expected.get(key, 0) + 1
    made = pairs_table(found).rows
    alone = "" if pooled or len(coders or ()) < 2 else None
    got = {
        (str(row.get("coder") or alone or (coders or [""])[0] if not pooled else ""),
         frozenset((str(row["code_1"]), str(row["code_2"])))): row["pairs"]
        for row in made
    }  # fmt: skip
    assert got == expected
    for row in matrix_table(found).rows:
        for code in {str(row["code"]) for row in matrix_table(found).rows}:
            assert isinstance(row[f"near_{code}"], int)


def test_a_network_reads_back(built_demo: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert (
        say(capsys, "cooccur", built_demo, "--coders", "A", "--within", "1", "--graphml", tmp_path / "g.graphml").code
        == 0
    )
    graph = networkx.read_graphml(tmp_path / "g.graphml")
    with ipscoding.open(built_demo) as study:
        made = study.cooccur("1", coders=["A"])
    assert graph.number_of_edges() == len(made)
    for row in made:
        assert graph.edges[row["code_1"], row["code_2"]]["weight"] == row["pairs"]
    said = say(capsys, "cooccur", built_demo, "--graphml", tmp_path / "h.graphml")
    assert said.code == 2
    assert not (tmp_path / "h.graphml").exists()
    said = say(capsys, "cooccur", built_demo, "--coders", "A", "--graphml", tmp_path / "h.csv")
    assert said.code == 2
    assert ".graphml" in said.err


def test_small_numbers_are_hidden_in_lists_matrices_and_networks(tmp_path: Path) -> None:
    rows = [coding("d1"), coding("d1", "org.team"), coding("d2"), coding("d3")]
    found = cooccurrence(rows, DOCUMENTS, PEOPLE, BOOK, min_cell=2)
    (row,) = pairs_table(found).rows
    assert (row["pairs"], row["informants"], row["jaccard"], row["segments_2_of"]) == (None, None, None, None)
    assert row["segments_1_of"] == 3
    assert [row["near_org.team"] for row in matrix_table(found).rows] == [None, None]
    write_graphml(found, tmp_path / "g.graphml")
    graph = networkx.read_graphml(tmp_path / "g.graphml")
    assert (list(graph.nodes), list(graph.edges)) == (["org.near"], [])


# Edges ------------------------------------------------------------------------------------------------------------

NOBODY = [Document("d1", "one", "", informant="", words=0)]
MANY = Codebook("m", {}, codes=tuple(Code(f"c{n}", {}) for n in range(1000)))


@pytest.mark.parametrize(
    ("rows", "documents", "people", "book"),
    [
        ([], [], [], Codebook("e", {})),
        ([], [], [], BOOK),
        ([], DOCUMENTS, PEOPLE, BOOK),
        ([coding("d1")], DOCUMENTS[:1], PEOPLE[:1], BOOK),
        ([coding("d1", informant="", role="")], NOBODY, [], BOOK),
        ([coding("d1", valence=Valence.NONE), coding("d2", valence=Valence.NONE)], DOCUMENTS, PEOPLE, BOOK),
        ([coding("d1", "c1"), coding("d2", "c999")], DOCUMENTS, PEOPLE, MANY),
    ],
    ids=["empty", "no interviews", "no codings", "one informant", "nobody named", "all none", "1 000 codes"],
)
@pytest.mark.parametrize("min_cell", [0, 3])
def test_little_or_much_gives_sensible_tables(
    rows: list[Excerpt], documents: list[Document], people: list[Informant], book: Codebook, min_cell: int
) -> None:
    for one, other in (("code", "role"), ("valence", "role"), ("role", "language"), ("domain", "valence")):
        for wide in (False, True):
            for unit in ("informants", "segments"):
                table = crosstab(
                    rows, documents, people, book, one, other, unit=unit, form=Form(wide), min_cell=min_cell, test=True
                )
                names = [column.name for column in table.columns]
                assert all(list(row) == names for row in table.rows)
                shares = [cell for row in table.rows for name, cell in row.items() if name.endswith("_share")]
                assert all(share is None or 0 <= float(str(share)) <= 1 for share in shares)
    found = cooccurrence(rows, documents, people, book, min_cell=min_cell, breaks=BREAKS)
    assert pairs_table(found).rows == []
    assert len(matrix_table(found).rows) == len({row.code for row in rows})
    table = frequencies(rows, documents, people, book, min_cell=min_cell)
    assert len(table.rows) == len(book.active())


def test_what_is_near_by_interview_is_asked_of_crosstab() -> None:
    with pytest.raises(NotAllowed, match="crosstab"):
        cooccurrence([], [], [], BOOK, within="document")
    with pytest.raises(NotFound):
        cooccurrence([], [], [], BOOK, within="near")
    with pytest.raises(NotAllowed):
        cooccurrence([coding()], DOCUMENTS, PEOPLE, BOOK, within="turn")
