"""What the language model made of a text is kept in the project, and made anew where it does not fit."""

import os
from pathlib import Path

import pytest

from ipscoding.errors import NotFound
from ipscoding.language import model
from ipscoding.project import Project, analyses, documents, journal, open_project
from ipscoding.suggest.of_project import coded_interviews
from tests.cli_example import say
from tests.project_example import make

STAND_INS = sorted((Path(__file__).resolve().parents[2] / "shared" / "models").glob("*.whl"))
with_model = pytest.mark.parametrize("wheel", STAND_INS, ids=lambda path: path.name)


@pytest.fixture
def project(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Project:
    monkeypatch.setenv("IPSCODING_HOME", str(tmp_path / "home"))
    return make(tmp_path)


def kept(project: Project) -> list[tuple[str, str, bytes]]:
    return project.tuples("SELECT text, pipeline, data FROM analyses ORDER BY text")


@with_model
def test_a_text_is_analysed_once_by_a_version_of_the_model(project: Project, wheel: Path) -> None:
    model.install(wheel)
    document = documents.find(project, "p01")
    acts = len(journal.history(project))
    first = analyses.of_document(project, document.id)
    [(text, pipeline, data)] = kept(project)
    assert text == document.text_sha256
    assert pipeline == f"{model.NAME} {model.status().version}"
    again = analyses.of_document(project, document.id)
    assert [[(t.text, t.lemma_, t.pos_, t.ent_type_, t.is_sent_start) for t in doc] for doc in again] == [
        [(t.text, t.lemma_, t.pos_, t.ent_type_, t.is_sent_start) for t in doc] for doc in first
    ]
    assert any(token.pos_ == "VERB" for doc in again for token in doc)
    assert kept(project) == [(text, pipeline, data)]
    assert len(journal.history(project)) == acts


@with_model
def test_what_cannot_be_read_or_is_of_another_text_is_made_anew(project: Project, wheel: Path) -> None:
    model.install(wheel)
    one, other = (documents.find(project, name) for name in ("p01", "n01"))
    right = [doc.text for doc in analyses.of_document(project, one.id)]
    analyses.of_document(project, other.id)
    (of_other,) = [data for text, _pipeline, data in kept(project) if text == other.text_sha256]
    for data in (b"", b"noise", of_other):
        with project.writing():
            project.execute("UPDATE analyses SET data = ? WHERE text = ?", (data, one.text_sha256))
        assert [doc.text for doc in analyses.of_document(project, one.id)] == right
        assert (one.text_sha256, data) not in {(text, held) for text, _pipeline, held in kept(project)}


@with_model
def test_the_models_sentences_lie_inside_turns_and_hold_all_words(project: Project, wheel: Path) -> None:
    model.install(wheel)
    document = documents.find(project, "p01")
    found = analyses.with_model_sentences(project, document.id)
    assert found.turns == documents.transcript(project, document.id).turns
    assert list(found.sentences) == sorted(found.sentences)
    for sentence in found.sentences:
        turn = found.turn_at(sentence.start)
        assert turn is not None
        assert turn.speech.contains(sentence)
        assert sentence.of(found.text) == sentence.of(found.text).strip() != ""
    said = "".join(turn.speech.of(found.text) for turn in found.turns)
    assert "".join("".join(s.of(found.text).split()) for s in found.sentences) == "".join(said.split())


@with_model
@pytest.mark.skipif(os.geteuid() == 0, reason="the superuser may write everywhere")
def test_a_project_that_cannot_be_written_is_analysed_all_the_same(project: Project, wheel: Path) -> None:
    model.install(wheel)
    place = documents.find(project, "p01").id
    project.close()
    project.path.chmod(0o400)
    with open_project(project.path) as reader:
        assert analyses.of_document(reader, place)
        assert kept(reader) == []


@with_model
def test_an_engine_is_scored_with_and_without_the_model(
    project: Project, wheel: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    said = say(capsys, "suggest", "evaluate", project.path, "--sentences", "model")
    assert said.code == 2
    assert "is not installed" in said.err
    model.install(wheel)
    with_it = coded_interviews(project, with_model=True)
    without = coded_interviews(project)
    assert [one.transcript.text for one in with_it] == [one.transcript.text for one in without]
    assert say(capsys, "suggest", "evaluate", project.path, "--sentences", "model").code == 0
    assert len(kept(project)) == 2


def test_without_a_model_nothing_is_analysed(project: Project) -> None:
    with pytest.raises(NotFound):
        analyses.of_document(project, documents.find(project, "p01").id)
    assert kept(project) == []


def test_a_text_that_goes_takes_its_analysis_along(project: Project) -> None:
    sha256 = documents.find(project, "p01").text_sha256
    with project.writing():
        project.execute("INSERT INTO analyses VALUES (?, 'model 1', x'00')", (sha256,))
        project.execute("INSERT INTO texts VALUES ('lost', 'x', 1)")
        project.execute("INSERT INTO analyses VALUES ('lost', 'model 1', x'00')")
        project.execute("DELETE FROM texts WHERE sha256 = 'lost'")
    assert [text for text, _pipeline, _data in kept(project)] == [sha256]
