"""Codings as spans for spaCy and Prodigy: read back by spaCy, nothing is lost and nothing is moved."""

import json
from pathlib import Path
from typing import Any

import pytest
import spacy
from hypothesis import given, settings
from hypothesis import strategies as st
from spacy.tokens import Doc, DocBin

from ipscoding.cli.export import FORMS
from ipscoding.domain import Span, Valence
from ipscoding.exchange.exports import EXPORTS
from ipscoding.exchange.spans_out import words_of
from ipscoding.project import Project, codings, documents, open_project
from tests.cli_example import good, say
from tests.project_example import make, span_of

Told = set[tuple[str, int, int, str, str, str]]


@pytest.fixture
def project(tmp_path: Path) -> Project:
    """Overlapping codings by two coders, one that begins and ends inside a word."""
    made = make(tmp_path)
    place = documents.find(made, "p01").id
    for quote, code in (
        ("Det går bra. Døra hans står åpen.", "org.nær"),
        ("Døra hans", "org.leiing"),
        ("øra hans stå", "org.nær"),
    ):
        codings.add(made, place, span_of(made, place, quote), code, Valence.BARRIER)
    with open_project(made.path, coder="Ola") as other:
        codings.add(other, place, span_of(other, place, "Døra hans"), "org.leiing", Valence.FACILITATOR)
    return made


def held(project: Project) -> Told:
    return {
        (document.name, coding.span.start, coding.span.end, coding.code, coding.coder, str(coding.valence))
        for document in documents.all(project)
        for coding in codings.of_document(project, document.id)
    }


def docs(path: Path) -> list[Doc]:
    return list(DocBin(store_user_data=True).from_disk(path).get_docs(spacy.blank("nb").vocab))


def told(found: list[Doc]) -> Told:
    return {
        (doc.user_data["document"], span.start_char, span.end_char, span.label_, coder, valence)
        for doc in found
        for span, coder, valence in zip(
            doc.spans["codes"], doc.spans["codes"].attrs["coders"], doc.spans["codes"].attrs["valences"], strict=True
        )
    }


def tasks(path: Path) -> list[dict[str, Any]]:
    return [json.loads(line) for line in path.read_text("utf-8").splitlines()]


def test_spacy_reads_back_every_coding_where_it_is(
    project: Project, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    said = say(capsys, "export", project.path, "--to", "spacy", "-o", tmp_path / "ut.spacy")
    assert (said.code, said.out) == (0, "")
    found = docs(tmp_path / "ut.spacy")
    assert told(found) == held(project)
    assert [doc.user_data["document"] for doc in found] == ["n01", "p01"]
    for doc in found:
        place = documents.find(project, doc.user_data["document"]).id
        transcript = documents.transcript(project, place)
        assert doc.text == transcript.text
        starts = {sentence.start_char for sentence in doc.sents}
        assert {sentence.start for sentence in transcript.sentences} <= starts
        assert doc.user_data["document_id"] == place
    assert list(found[1].user_data["coders"]) == ["Kari", "Ola"]
    assert not found[0].user_data["coders"]
    assert found[1].user_data["role"] == "patient"


def test_a_span_categorizer_can_be_trained_on_it(
    project: Project, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    from spacy.training import Corpus

    say(capsys, "export", project.path, "--to", "spacy", "-o", tmp_path / "ut.spacy", "--coder", "Kari")
    nlp = spacy.blank("nb")
    nlp.add_pipe("spancat", config={"spans_key": "codes"})
    nlp.initialize(lambda: Corpus(tmp_path / "ut.spacy")(nlp))
    assert set(nlp.get_pipe("spancat").labels) == {"org.nær", "org.leiing"}


def test_prodigy_tasks_are_whole_and_their_offsets_agree(
    project: Project, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    say(capsys, "export", project.path, "--to", "prodigy", "-o", tmp_path / "ut.jsonl")
    found = tasks(tmp_path / "ut.jsonl")
    assert {
        (task["meta"]["document"], span["start"], span["end"], span["label"], span["coder"], span["valence"])
        for task in found
        for span in task["spans"]
    } == held(project)
    for task in found:
        words = task["tokens"]
        assert [word["id"] for word in words] == list(range(len(words)))
        assert all(task["text"][word["start"] : word["end"]] == word["text"] for word in words)
        for span in task["spans"]:
            assert words[span["token_start"]]["start"] == span["start"]
            assert words[span["token_end"]]["end"] == span["end"]


def test_both_forms_hold_the_same_words(project: Project, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    for form, name in (("spacy", "ut.spacy"), ("prodigy", "ut.jsonl")):
        say(capsys, "export", project.path, "--to", form, "-o", tmp_path / name)
    for doc, task in zip(docs(tmp_path / "ut.spacy"), tasks(tmp_path / "ut.jsonl"), strict=True):
        assert [(token.text, bool(token.whitespace_)) for token in doc] == [
            (word["text"], word["ws"]) for word in task["tokens"]
        ]


def test_what_is_chosen_is_written_and_nothing_else(
    project: Project, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    target = tmp_path / "ut.spacy"

    def written(*options: object) -> list[Doc]:
        assert say(capsys, "export", project.path, "--to", "spacy", "-o", target, *options).code == 0
        return docs(target)

    assert {coder for *_rest, coder, _valence in told(written("--coders", "Ola"))} == {"Ola"}
    assert {code for *_rest, code, _coder, _valence in told(written("--code", "org.l*"))} == {"org.leiing"}
    assert [doc.user_data["document"] for doc in written("--role", "patient")] == ["p01"]
    assert [doc.user_data["document"] for doc in written("--document", "n01")] == ["n01"]
    first = target.read_bytes()
    written("--document", "n01")
    assert target.read_bytes() == first, "the same project gives the same bytes"


@pytest.mark.parametrize(
    ("options", "what"),
    [
        (("--to", "spacy", "--coders", "Per"), "No such coder: Per"),
        (("--to", "spacy", "--code", "org.naer"), "No such code: org.naer"),
        (("--to", "prodigy", "--document", "p02"), "p02"),
        (("--to", "prodigy", "--role", "lege"), "lege"),
        (("--to", "word"), "word"),
    ],
)
def test_what_is_not_there_is_named_and_nothing_is_written(
    project: Project, tmp_path: Path, capsys: pytest.CaptureFixture[str], options: tuple[str, ...], what: str
) -> None:
    said = say(capsys, "export", project.path, "-o", tmp_path / "ut", *options)
    assert (said.code, said.out) == (2, "")
    assert what in said.err
    assert said.err.count("\n") == 1
    assert not (tmp_path / "ut").exists()


def test_a_file_that_cannot_be_written_is_told(
    project: Project, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    said = say(capsys, "export", project.path, "--to", "spacy", "-o", tmp_path / "ikke" / "ut.spacy")
    assert said.code == 2
    assert "Make the folder first" in said.err


def test_the_command_knows_the_forms_there_are(capsys: pytest.CaptureFixture[str]) -> None:
    assert sorted(EXPORTS) == sorted(FORMS)
    assert all(form in good(capsys, "export", "--help") for form in FORMS)


@settings(max_examples=60, deadline=None)
@given(st.text("aå .\n'-😀é", max_size=40), st.sets(st.integers(0, 40), max_size=6))
def test_words_make_up_the_text_and_end_at_every_cut(text: str, cuts: set[int]) -> None:
    found = list(words_of(text, cuts))
    assert "".join(word.span.of(text) + " " * word.space for word in found) == text
    ends = {offset for word in found for offset in (word.span.start, word.span.end)}
    for cut in cuts:
        if 0 < cut < len(text) and not text[cut - 1].isspace() and not text[cut].isspace():
            assert cut in ends
    assert all(isinstance(word.span, Span) and len(word.span) for word in found)
