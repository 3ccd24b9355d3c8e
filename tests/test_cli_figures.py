"""The figures of the example project against a count in plain Python, straight from the files that ship.

Nothing below up to the tests knows the program: quotes are looked up in the interview files, roles in the table of
informants, and overlapping codings of one code are united by hand.
"""

import csv
import io
import json
import re
from collections import defaultdict
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from functools import cache
from pathlib import Path

import openpyxl
import pytest

from tests.cli_example import good, process, say

CORPUS = Path(__file__).resolve().parent.parent / "corpus"
VALENCES = ("barrier", "facilitator", "both", "none")


@dataclass(frozen=True)
class Line:
    """One line of a file of codings, with where its quote stands in the file of the interview."""

    document: str
    informant: str
    role: str
    code: str
    valence: str
    start: int
    end: int


@cache
def interview(name: str) -> str:
    return (CORPUS / f"{name}.txt").read_text(encoding="utf-8")


@cache
def roles() -> dict[str, str]:
    with (CORPUS / "informants.csv").open(encoding="utf-8", newline="") as file:
        return {row["informant"]: row["role"] for row in csv.DictReader(file)}


def informant(name: str) -> str:
    found = re.search(r"^id: (\S+)$", interview(name), re.MULTILINE)
    assert found
    return found[1]


@cache
def lines(coder: str) -> tuple[Line, ...]:
    with (CORPUS / f"codings-{coder}.csv").open(encoding="utf-8", newline="") as file:
        rows = list(csv.DictReader(file))
    found = []
    for row in rows:
        text, quote = interview(row["document"]), row["quote"]
        assert text.count(quote) == 1
        start = text.index(quote)
        # every coding of the two stands in what an informant said
        assert not text[text.rindex("\n", 0, start) + 1 :].startswith("I:")
        person = informant(row["document"])
        end = start + len(quote)
        found.append(Line(row["document"], person, roles()[person], row["code"], row["valence"], start, end))
    return tuple(found)


def segments(chosen: Iterable[Line]) -> int:
    """How many stretches remain when overlapping ones of the same code in the same interview are made one."""
    stretches: dict[tuple[str, str], list[tuple[int, int]]] = defaultdict(list)
    for line in chosen:
        stretches[line.document, line.code].append((line.start, line.end))
    n = 0
    for places in stretches.values():
        reached = -1
        for start, end in sorted(places):
            n += start >= reached
            reached = max(reached, end)
    return n


def people(chosen: Iterable[Line]) -> int:
    return len({line.informant for line in chosen})


def interviewed(role: str | None = None) -> int:
    return sum(role in (None, one) for one in roles().values())


def frequencies(capsys: pytest.CaptureFixture[str], *arguments: object) -> list[dict[str, str]]:
    return list(csv.DictReader(io.StringIO(good(capsys, "freq", *arguments, "--format", "csv"))))


def only(coder: str, fits: Callable[[Line], bool]) -> list[Line]:
    return [line for line in lines(coder) if fits(line)]


@pytest.mark.parametrize("coder", ["A", "B"])
def test_by_role_and_direction(built_demo: Path, coder: str, capsys: pytest.CaptureFixture[str]) -> None:
    rows = frequencies(capsys, built_demo, "--by", "role,valence", "--coders", coder)
    assert {(row["role"], row["valence"]) for row in rows} == {(r, v) for r in set(roles().values()) for v in VALENCES}
    for row in rows:
        role, valence = row["role"], row["valence"]
        here = only(coder, lambda line: line.role == role and line.valence == valence)  # noqa: B023
        assert int(row["segments"]) == segments(here)
        assert int(row["segments_of"]) == segments(only(coder, lambda line: line.role == role))  # noqa: B023
        assert (int(row["informants"]), int(row["informants_of"])) == (people(here), interviewed(role))
        assert float(row["informants_share"]) == pytest.approx(people(here) / interviewed(role), abs=1e-6)
    assert sum(int(row["segments"]) for row in rows) >= segments(lines(coder))


@pytest.mark.parametrize("coder", ["A", "B"])
def test_by_code_with_balance_and_every_code_that_was_never_used(
    built_demo: Path, coder: str, capsys: pytest.CaptureFixture[str]
) -> None:
    rows = frequencies(capsys, built_demo, "--coders", coder)
    used = {line.code for line in lines(coder)}
    assert used <= {row["code"] for row in rows}
    assert len(rows) > len(used), "codes that were never used have a row too"
    assert sum(int(row["segments"]) for row in rows) == segments(lines(coder))
    for row in rows:
        here = only(coder, lambda line: line.code == row["code"])  # noqa: B023
        against = segments(line for line in here if line.valence in ("barrier", "both"))
        towards = segments(line for line in here if line.valence in ("facilitator", "both"))
        assert (int(row["segments"]), int(row["informants"])) == (segments(here), people(here))
        assert (int(row["barrier"]), int(row["facilitator"])) == (against, towards)
        if against + towards:
            assert float(row["balance"]) == pytest.approx((towards - against) / (towards + against), abs=1e-6)
        else:
            assert row["balance"] == ""


def test_by_domain_and_role_a_domain_unites_its_codes(built_demo: Path, capsys: pytest.CaptureFixture[str]) -> None:
    rows = frequencies(capsys, built_demo, "--by", "domain,role", "--coders", "A")
    assert len(rows) == len({row["domain"] for row in rows}) * 4
    for row in rows:
        here = only("A", lambda line: line.code.split(".")[0] == row["domain"] and line.role == row["role"])  # noqa: B023
        whole = [Line(one.document, one.informant, one.role, "", "", one.start, one.end) for one in here]
        assert (int(row["segments"]), int(row["informants"])) == (segments(whole), people(here))


def test_both_coders_apart_and_pooled(built_demo: Path, capsys: pytest.CaptureFixture[str]) -> None:
    apart = frequencies(capsys, built_demo, "--by", "role")
    for row in apart:
        here = only(row["coder"], lambda line: line.role == row["role"])  # noqa: B023
        assert int(row["segments"]) == segments(here)
    assert len(apart) == 8
    for row in frequencies(capsys, built_demo, "--by", "role", "--pooled"):
        both = [line for coder in "AB" for line in only(coder, lambda line: line.role == row["role"])]  # noqa: B023
        assert int(row["segments"]) == segments(both)


def test_filters_choose_the_interviews_and_the_codes(built_demo: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (row,) = frequencies(
        capsys, built_demo, "--by", "role", "--role", "patient", "--code", "org.*,att", "--coders", "A", "--units",
        "segments,informants,documents",
    )  # fmt: skip
    here = only("A", lambda line: line.role == "patient" and line.code.split(".")[0] in ("org", "att"))
    assert int(row["segments"]) == segments(here)
    assert int(row["informants"]) == int(row["documents"]) == people(here)
    one = frequencies(capsys, built_demo, "--by", "valence", "--document", "n01-nav", "--coders", "B")
    for row in one:
        here = only("B", lambda line: line.document == "n01-nav" and line.valence == row["valence"])  # noqa: B023
        assert int(row["segments"]) == segments(here)


def test_words_are_out_of_all_that_informants_said(built_demo: Path, capsys: pytest.CaptureFixture[str]) -> None:
    said = 0
    for path in CORPUS.glob("*-*.txt"):
        for line in interview(path.stem).split("---\n", 2)[2].splitlines():
            if not line.startswith("I:"):
                speech = re.sub(r"\[[^\]\d]*\]", " ", line.partition(":")[2])
                said += len(re.findall(r"\w+(?:[-'’]\w+)*", speech))
    rows = frequencies(capsys, built_demo, "--by", "code", "--units", "words", "--coders", "A")
    assert {int(row["words_of"]) for row in rows} == {said}
    documents = json.loads(good(capsys, "documents", built_demo, "--format", "json"))["rows"]
    assert sum(row["words"] for row in documents) == said


def test_small_cells_are_hidden(built_demo: Path, capsys: pytest.CaptureFixture[str]) -> None:
    rows = frequencies(capsys, built_demo, "--by", "code", "--coders", "A", "--min-cell", 3)
    for row in rows:
        n = people(only("A", lambda line: line.code == row["code"]))  # noqa: B023
        assert (row["segments"] == "") == (0 < n < 3), row


def test_rows_without_anything_can_be_left_out(built_demo: Path, capsys: pytest.CaptureFixture[str]) -> None:
    rows = frequencies(capsys, built_demo, "--coders", "A", "--nonzero")
    assert {row["code"] for row in rows} == {line.code for line in lines("A")}


def test_all_forms_hold_the_same_figures(built_demo: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    question = ("freq", built_demo, "--by", "domain", "--coders", "A")
    plain = list(csv.DictReader(io.StringIO(good(capsys, *question, "--format", "csv"))))
    told = json.loads(good(capsys, *question, "--format", "json"))
    assert [column["name"] for column in told["columns"]] == list(plain[0])
    names = list(plain[0])
    for suffix in ("csv", "json", "xlsx", "txt"):
        assert say(capsys, *question, "-o", tmp_path / f"f.{suffix}").code == 0
    assert json.loads((tmp_path / "f.json").read_text(encoding="utf-8")) == told
    sheet = openpyxl.load_workbook(tmp_path / "f.xlsx").worksheets[0]
    head, *cells = list(sheet.iter_rows(values_only=True))
    assert list(head) == names
    for row, told_row, excel in zip(plain, told["rows"], cells, strict=True):
        for name, cell in zip(names, excel, strict=True):
            if isinstance(told_row[name], str):
                assert row[name] == told_row[name] == cell
            else:
                assert float(row[name]) == pytest.approx(told_row[name], abs=1e-6)
                assert cell == pytest.approx(told_row[name])
    norwegian = good(capsys, *question, "--excel-no")
    assert norwegian.startswith("\ufeff")
    rows = list(csv.DictReader(io.StringIO(norwegian.removeprefix("\ufeff")), delimiter=";"))
    assert [row["segments_share"].replace(",", ".") for row in rows] == [row["segments_share"] for row in plain]
    assert "Organisation and anchoring" in (tmp_path / "f.txt").read_text(encoding="utf-8")


def test_a_pipe_gets_the_bytes_of_the_file(built_demo: Path, tmp_path: Path) -> None:
    said = process("freq", built_demo, "--format", "csv")
    process("freq", built_demo, "-o", tmp_path / "f.csv")
    assert (tmp_path / "f.csv").read_text(encoding="utf-8") == said.out


def test_a_coding_that_overlaps_one_of_the_same_code_is_no_segment_more(
    demo: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    first = json.loads(good(capsys, "excerpts", demo, "--code", "org.colocation", "--coder", "A", "--format", "json"))
    one = first["rows"][0]
    question = ("--code", "org.colocation", "--coders", "A")
    (before,) = frequencies(capsys, demo, *question)
    place = ("--start", one["start"] + 5, "--end", one["end"] + 40, "--coder", "A", "--valence", one["valence"])
    good(capsys, "code", demo, one["document"], "org.colocation", *place)
    (after,) = frequencies(capsys, demo, *question)
    assert after == before
    place = ("--start", one["end"] + 40, "--end", one["end"] + 60, "--coder", "A", "--valence", one["valence"])
    good(capsys, "code", demo, one["document"], "org.colocation", *place)
    (apart,) = frequencies(capsys, demo, *question)
    assert int(apart["segments"]) == int(before["segments"]) + 1
    assert apart["informants"] == before["informants"]


def test_codings_of_the_interviewer_are_said_to_be_left_out(demo: Path, capsys: pytest.CaptureFixture[str]) -> None:
    good(capsys, "code", demo, "p01-jobbsoker", "per.hope", "--sentence", "1", "--coder", "Kari")
    out = good(capsys, "freq", demo, "--coders", "Kari", "--nonzero")
    assert "1 coding of what the interviewer says is left out." in out
    assert "per.hope" not in out
