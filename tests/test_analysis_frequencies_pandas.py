"""Frequencies beside a count of the exported codings that pandas makes, which knows nothing of this program."""

import random
from itertools import product
from pathlib import Path

import pandas as pd
import pytest

from ipscoding.analysis.of_project import frequencies_of
from ipscoding.domain import Span, Valence
from ipscoding.exchange.codings_out import codings_table_of
from ipscoding.exchange.write import write
from ipscoding.project import Project, codebooks, codings, documents, informants, open_project

UNITS = ("segments", "informants", "documents")


def exported(project: Project, folder: Path) -> pd.DataFrame:
    """The codings as somebody with the CSV file has them."""
    path = folder / "codings.csv"
    write(codings_table_of(project), path)
    return pd.read_csv(path, keep_default_na=False)


def segments(rows: pd.DataFrame) -> int:
    """Passages: codings of one code in one interview that overlap are one; those that only touch are two."""
    n = 0
    for _place, group in rows.groupby(["code", "document_id"]):
        ordered = group.sort_values(["start", "end"])
        reached = ordered["end"].cummax().shift(fill_value=0)
        n += int((ordered["start"] >= reached).sum())
    return n


def counted(rows: pd.DataFrame) -> dict[str, int]:
    return {
        "segments": segments(rows),
        "informants": rows["informant"].nunique(),
        "documents": rows["document"].nunique(),
    }


def agrees(project: Project, table: pd.DataFrame, coder: str) -> int:
    """Compare every row by code, role and direction, and every domain by role; gives how many rows were compared."""
    mine = table[table["coder"] == coder]
    people = {person.name: person.role for person in informants.all(project)}
    interviewed = pd.Series({doc.informant: doc.role for doc in documents.all(project)})
    compared = 0
    for row in frequencies_of(project, by=("code", "role"), units=UNITS, coders=[coder]).rows:
        here = mine[(mine["code"] == row["code"]) & (mine["role"] == row["role"])]
        assert {unit: row[unit] for unit in UNITS} == counted(here), row
        assert row["informants_of"] == (interviewed == row["role"]).sum()
        sides = {side: segments(here[here["valence"].isin([side, "both"])]) for side in ("barrier", "facilitator")}
        assert {side: row[side] for side in sides} == sides
        both = sum(sides.values())
        balance = (sides["facilitator"] - sides["barrier"]) / both if both else None
        assert row["balance"] == (pytest.approx(balance) if both else None)
        compared += 1
    for row in frequencies_of(project, by=("code", "valence"), units=UNITS, coders=[coder]).rows:
        here = mine[(mine["code"] == row["code"]) & (mine["valence"] == row["valence"])]
        assert {unit: row[unit] for unit in UNITS} == counted(here), row
        compared += 1
    for row in frequencies_of(project, by=("domain", "role"), units=UNITS, coders=[coder]).rows:
        here = mine[(mine["domain"] == row["domain"]) & (mine["role"] == row["role"])]
        # a domain is the union of its codes: one passage with two of them is one
        assert {unit: row[unit] for unit in UNITS} == counted(here.assign(code=row["domain"])), row
        compared += 1
    assert set(mine["role"]) <= set(people.values())
    return compared


@pytest.mark.parametrize("coder", ["A", "B"])
def test_the_example_project_is_counted_alike(built_demo: Path, tmp_path: Path, coder: str) -> None:
    with open_project(built_demo) as project:
        codes, roles, domains = 60, 4, 9
        assert agrees(project, exported(project, tmp_path), coder) == codes * roles + codes * 4 + domains * roles


@pytest.mark.parametrize("seed", range(6))
def test_random_codings_are_counted_alike(demo: Path, tmp_path: Path, seed: int) -> None:
    chance = random.Random(seed)
    with open_project(demo, coder="R") as project:
        book = codebooks.load(project)
        some = chance.sample(book.active(), 12)
        made = []
        for document in chance.sample(documents.all(project), 7):
            turns = list(documents.transcript(project, document.id).informant_turns())
            for _time in range(25):
                turn = chance.choice(turns)
                start = chance.randrange(turn.speech.start, turn.speech.end)
                end = chance.randrange(start + 1, turn.speech.end + 1)
                code = chance.choice(some)
                allowed = [valence for valence in Valence if code.allows(valence)]
                made.append(codings.NewCoding(document.id, Span(start, end), code.id, chance.choice(allowed)))
        words = {place: documents.text(project, place) for place in {new.document_id for new in made}}
        codings.add_many(project, [new for new in made if new.span.of(words[new.document_id]).strip()])
        assert agrees(project, exported(project, tmp_path), "R") > 0


def test_every_code_has_a_row_for_every_role(built_demo: Path) -> None:
    with open_project(built_demo) as project:
        rows = frequencies_of(project, by=("code", "role"), coders=["A"]).rows
        roles = {document.role for document in documents.all(project)}
        ids = {code.id for code in codebooks.load(project).active()}
    assert {(row["code"], row["role"]) for row in rows} == set(product(ids, roles))
