"""The example interviews fit together with their codings, informants and the codebook."""

import csv
import unicodedata
from functools import cache
from pathlib import Path

import pytest

from ipscoding import shipped
from ipscoding.codebook import catalogue
from ipscoding.codebook.informants import shipped_scheme
from ipscoding.codebook.read import read
from ipscoding.domain import Valence

INTERVIEWS = sorted(shipped.corpus().glob("*.txt"))
CODERS = ("A", "B")


@cache
def text(document: str) -> str:
    return (shipped.corpus() / f"{document}.txt").read_text("utf-8")


def header(document: str) -> dict[str, str]:
    _before, head, _body = text(document).split("---\n", 2)
    return dict(line.split(": ", 1) for line in head.splitlines())


@cache
def rows(name: str) -> list[dict[str, str]]:
    with (shipped.corpus() / name).open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def test_there_are_twelve_interviews_with_all_four_roles_and_both_norms() -> None:
    headers = [header(file.stem) for file in INTERVIEWS]
    assert len(headers) == 12
    assert {head["role"] for head in headers} == {"patient", "clinician", "employment-specialist", "nav-counsellor"}
    assert [head["language"] for head in headers].count("nn") == 4
    assert [head["language"] for head in headers].count("nb") == 8


@pytest.mark.parametrize("file", INTERVIEWS, ids=lambda file: file.stem)
def test_each_interview_is_composed_text_with_turns(file: Path) -> None:
    raw = file.read_bytes().decode("utf-8")
    assert unicodedata.is_normalized("NFC", raw)
    assert "\r" not in raw
    turns = [turn for turn in raw.split("---\n", 2)[2].strip().split("\n\n") if turn]
    speakers = {turn.split(": ", 1)[0] for turn in turns}
    assert speakers == {"I", file.stem[0].upper()}


@pytest.mark.parametrize("coder", CODERS)
def test_every_quote_occurs_exactly_once(coder: str) -> None:
    assert [row for row in rows(f"codings-{coder}.csv") if text(row["document"]).count(row["quote"]) != 1] == []


@pytest.mark.parametrize("coder", CODERS)
def test_every_quote_was_said_by_the_informant(coder: str) -> None:
    for row in rows(f"codings-{coder}.csv"):
        before = text(row["document"])[: text(row["document"]).index(row["quote"])]
        assert before[before.rindex("\n\n") + 2 :].startswith(f"{row['document'][0].upper()}: "), row["document"]
        assert "\n" not in row["quote"]


@pytest.mark.parametrize("coder", CODERS)
def test_every_code_exists_and_allows_the_valence(coder: str) -> None:
    book = read(catalogue.default_path())
    active = {code.id for code in book.active()}
    for row in rows(f"codings-{coder}.csv"):
        assert row["code"] in active
        assert book.by_id[row["code"]].allows(Valence(row["valence"]))
        assert row["coder"] == coder


def test_both_coders_coded_every_interview() -> None:
    documents = {file.stem for file in INTERVIEWS}
    assert [len(rows(f"codings-{coder}.csv")) for coder in CODERS] == [509, 518]
    assert all({row["document"] for row in rows(f"codings-{coder}.csv")} == documents for coder in CODERS)


def test_informants_are_those_of_the_headers_with_values_of_the_scheme() -> None:
    informants = rows("informants.csv")
    heads = {header(file.stem)["id"]: header(file.stem) for file in INTERVIEWS}
    assert [row["informant"] for row in informants] == sorted(heads)
    scheme = shipped_scheme()
    for row in informants:
        assert (row["role"], row["site"]) == (heads[row["informant"]]["role"], heads[row["informant"]]["site"])
        for name, value in row.items():
            attribute = scheme.attribute(name)
            assert attribute is not None or name in ("informant", "role"), name
            if attribute is not None and value:
                assert attribute.type != "enum" or value in [known.id for known in attribute.values], (name, value)
                assert not attribute.roles or row["role"] in attribute.roles, (name, row["informant"])


def test_the_reader_is_told_that_everything_is_invented() -> None:
    readme = (shipped.corpus() / "README.md").read_text("utf-8")
    assert "Alt i denne mappen er oppdiktet" in readme
    assert "Everything in this folder is invented" in readme
