"""Search as people search: words as they stand, open endings, inflections in both norms, expressions."""

import json
import re
from collections import Counter
from pathlib import Path
from typing import Any

import pytest

from ipscoding.project import documents, open_project
from tests.cli_example import good

CORPUS = Path(__file__).resolve().parent.parent / "corpus"


def hits(capsys: pytest.CaptureFixture[str], *arguments: object) -> list[dict[str, Any]]:
    rows: list[dict[str, Any]] = json.loads(good(capsys, "search", *arguments, "--format", "json"))["rows"]
    return rows


def said(pattern: str, *, interviewer: bool = False) -> Counter[str]:
    """How often `pattern` stands in what was said in each interview, straight from the files."""
    found: Counter[str] = Counter()
    for path in CORPUS.glob("*-*.txt"):
        for line in path.read_text(encoding="utf-8").split("---\n", 2)[2].splitlines():
            if interviewer or not line.startswith("I:"):
                found[path.stem] += len(re.findall(pattern, line.partition(": ")[2], re.IGNORECASE))
    return +found


@pytest.mark.parametrize(
    ("query", "pattern"),
    [
        (("arbeidsgiver",), r"\barbeidsgiver\b"),
        (("ARBEIDSGIVER",), r"\barbeidsgiver\b"),
        (("arbeidsgiv*",), r"\barbeidsgiv\w*"),
        (("ikke sant",), r"\bikke\W+sant\b"),
        (("på jobb*",), r"\bpå\W+jobb\w*"),
        (("sånn",), r"\bsånn\b"),
        ((r"[æøå]nn\b", "--regex"), r"[æøå]nn\b"),
        ((r"\w+ prosent\b", "--regex"), r"\w+ prosent\b"),
    ],
    ids=lambda value: " ".join(value) if isinstance(value, tuple) else "",
)
@pytest.mark.parametrize("interviewer", [False, True])
def test_it_finds_what_stands_in_the_files(built_demo, query, pattern, interviewer, capsys) -> None:
    options = ("--interviewer",) if interviewer else ()
    found = Counter(row["document"] for row in hits(capsys, built_demo, *query, *options))
    assert found == said(pattern, interviewer=interviewer)
    assert found


def test_hits_stand_where_they_say(built_demo: Path, capsys: pytest.CaptureFixture[str]) -> None:
    with open_project(built_demo) as project:
        texts = {document.name: documents.text(project, document.id) for document in documents.all(project)}
    for row in hits(capsys, built_demo, "jobb*"):
        assert texts[row["document"]][row["start"] : row["end"]] == row["text"]


def test_a_lemma_finds_every_inflection_in_both_norms(built_demo: Path, capsys: pytest.CaptureFixture[str]) -> None:
    exact = hits(capsys, built_demo, "arbeidsgiver")
    every = hits(capsys, built_demo, "arbeidsgiver", "--lemma")
    inflected = said(r"\barbeidsg(?:iver|jevar)(?:a|e|en|ar|ane|ne)?\b")
    assert Counter(row["document"] for row in every) == inflected
    assert inflected.total() > len(exact)
    assert any(row["text"].lower().startswith("arbeidsgjevar") for row in every)


def test_nothing_found_is_no_fault(built_demo: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert hits(capsys, built_demo, "sjokoladekakefest") == []
    assert "0 places in 0 interviews." in good(capsys, "search", built_demo, "sjokoladekakefest")


def test_marks_of_query_languages_are_only_marks(built_demo: Path, capsys: pytest.CaptureFixture[str]) -> None:
    for query in ('"', "jobb OR lege", "NEAR(jobb lege)", "speaker:B", "jobb -lege", "jobb; DROP TABLE codes"):
        if query != '"':
            assert hits(capsys, built_demo, query) == []
    assert hits(capsys, built_demo, '"ikke sant"') == hits(capsys, built_demo, "ikke sant")
