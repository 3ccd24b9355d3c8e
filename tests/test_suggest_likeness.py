"""More like this, what the engine is least sure of, what was missed: over all interviews, within what may be seen."""

import json
from pathlib import Path

import pytest

from ipscoding.domain import Coding, Span, Valence
from ipscoding.errors import NotAllowed, NotFound
from ipscoding.project import Project, codebooks, codings, create, decisions, documents, settings
from ipscoding.suggest import Engine
from ipscoding.suggest.likeness import Passage, hidden, like_code, like_coding, missed, uncertain
from ipscoding.suggest.of_project import engine_of
from ipscoding.transcripts.reading import Reading
from tests.cli_example import good, say
from tests.suggest_example import small_bank, small_codebook, transcript

TALKS = {
    "p01": (
        ("I", "Hvordan er det med taushetsplikten?"),
        ("P", "Taushetsplikten hindrer oss i å dele opplysninger. Det var en tirsdag. Bussen går to ganger om dagen."),
        ("P", "Kona mi heier på meg."),
    ),
    "p02": (
        ("P", "De sitter på samme gang som oss. Samtykke må vi ha før vi kan snakke sammen om taushetsbelagte ting."),
        ("P", "Mora mi passer ungene når jeg er på jobb. Hm."),
    ),
}


@pytest.fixture
def project(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Project:
    monkeypatch.setenv("IPSCODING_HOME", str(tmp_path / "home"))
    made = create(tmp_path / "studie", coder="Kari")
    codebooks.adopt(made, small_codebook(), small_bank())
    readings = [
        Reading(name, transcript(*turns), {"language": "nb"}, name, "0" * 64, "utf-8", [])
        for name, turns in TALKS.items()
    ]
    documents.add_all(made, readings)
    return made


def place(project: Project, name: str, words: str) -> tuple[str, Span]:
    document = documents.find(project, name)
    start = documents.text(project, document.id).index(words)
    return document.id, Span(start, start + len(words))


def code(project: Project, name: str, words: str, code_id: str) -> Coding:
    return codings.add(project, *place(project, name, words), code_id, Valence.NONE)


def texts(found: list[Passage]) -> list[str]:
    return [passage.text for passage in found]


def test_the_passages_likeliest_to_get_a_code_come_first_wherever_they_are(project: Project) -> None:
    engine = engine_of(project)
    found = like_code(project, engine, "col.confidentiality")
    assert {passage.document.name for passage in found[:2]} == {"p01", "p02"}
    assert all("aushets" in text for text in texts(found[:2]))
    assert [passage.score for passage in found] == sorted((passage.score for passage in found), reverse=True)
    assert not any("Hvordan er det" in text for text in texts(found)), "the interviewer is left out"
    assert len(like_code(project, engine, "col.confidentiality", most=1)) == 1


def test_what_has_the_code_already_is_not_found_and_other_codes_are_told(project: Project) -> None:
    engine = engine_of(project)
    code(project, "p01", "Taushetsplikten hindrer oss", "col.confidentiality")
    code(project, "p02", "Samtykke må vi ha", "per.family")
    found = like_code(project, engine, "col.confidentiality")
    assert not any("hindrer" in text for text in texts(found))
    assert found[0].coded == ("per.family",)


def test_an_excerpt_finds_its_like(project: Project) -> None:
    engine = engine_of(project)
    coding = code(project, "p01", "Kona mi heier på meg.", "per.family")
    found = like_coding(project, engine, coding.id)
    assert found[0].text == "Mora mi passer ungene når jeg er på jobb."
    assert all(0 < passage.score <= 1.0001 for passage in found)
    assert all(passage.code == "per.family" for passage in found)


def test_an_excerpt_of_two_sentences_finds_two_that_do_not_overlap(project: Project) -> None:
    coding = code(project, "p02", " ".join(["Mora mi passer ungene når jeg er på jobb.", "Hm."]), "per.family")
    found = like_coding(project, engine_of(project), coding.id)
    spans = [passage.span for passage in found if passage.document.name == "p01"]
    assert not any(one.overlaps(other) for one in spans for other in spans if one != other)
    assert max(text.count(".") for text in texts(found)) == 2


def test_what_the_engine_is_least_sure_of_comes_first_and_what_is_decided_is_left_out(project: Project) -> None:
    engine = engine_of(project)
    first = uncertain(project, engine)
    assert "Hm." not in texts(first[:3]), "there is nothing to learn where nothing is near"
    best = first[0]
    decisions.reject(project, best.document.id, best.span, best.code, score=best.score, engine="ipscoding-1")
    code(project, first[1].document.name, first[1].text, "gen.suggestion")
    left = texts(uncertain(project, engine))
    assert left == texts(first[2:])


def test_strong_suggestions_in_interviews_that_are_done_were_missed(project: Project) -> None:
    engine = engine_of(project)
    strong = list(engine.suggest(documents.transcript(project, documents.find(project, "p01").id), norm="nb"))
    strong = [s for s in strong if s.band == "strong"]
    assert strong, "the example must have something to miss"
    assert missed(project, engine) == []
    documents.set_status(project, documents.find(project, "p01").id, "done")
    found = missed(project, engine)
    assert {(p.span, p.code) for p in found} == {(s.span, s.code) for s in strong}
    codings.add(project, found[0].document.id, found[0].span, found[0].code, Valence.NONE)
    assert len(missed(project, engine)) == len(found) - 1


def test_nothing_is_found_where_suggestions_are_hidden(project: Project) -> None:
    engine: Engine = engine_of(project)
    settings.set(project, "blind", True)
    assert hidden(project) == 2
    assert like_code(project, engine, "col.confidentiality") == uncertain(project, engine) == []
    documents.set_status(project, documents.find(project, "p02").id, "done")
    assert hidden(project) == 1
    assert {passage.document.name for passage in like_code(project, engine, "col.confidentiality")} == {"p02"}


def test_only_codes_that_can_be_used_are_looked_for(project: Project) -> None:
    engine = engine_of(project)
    with pytest.raises(NotFound):
        like_code(project, engine, "col.nothing")
    with pytest.raises(NotFound):
        like_coding(project, engine, "zzz")
    from ipscoding.project import codes

    codes.retire(project, "per.family")
    with pytest.raises(NotAllowed):
        like_code(project, engine, "per.family")


def test_the_three_from_the_command_line(project: Project, capsys: pytest.CaptureFixture[str]) -> None:
    coding = code(project, "p01", "Kona mi heier på meg.", "per.family")
    documents.set_status(project, documents.find(project, "p01").id, "done")
    path = project.path

    def rows(*arguments: object) -> list[dict[str, object]]:
        found: list[dict[str, object]] = json.loads(
            good(capsys, "suggest", *arguments, "--coder", "Kari", "--format", "json")
        )["rows"]
        return found

    assert rows("like", path, "col.confidentiality", "--most", 1)[0]["code"] == "col.confidentiality"
    assert rows("like", path, "--coding", coding.id[:8])[0]["text"] == "Mora mi passer ungene når jeg er på jobb."
    assert len(rows("uncertain", path, "--most", 2)) == 2
    found = rows("missed", path)
    assert {row["document"] for row in found} == {"p01"}
    settings.set(project, "blind", True)
    assert "Blind mode: 1 interview" in good(capsys, "suggest", "like", path, "per.family", "--coder", "Kari")
    for wrong in (("like", path), ("like", path, "per.family", "--coding", "x"), ("like", path, "per.fam")):
        said = say(capsys, "suggest", *wrong)
        assert (said.code, said.out) == (2, "")
        assert said.err.count("\n") == 1
