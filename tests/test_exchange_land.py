"""Another program's project, once it is understood, becomes one of ours."""

from pathlib import Path

import pytest

from ipscoding.domain import Span, Valence
from ipscoding.exchange.foreign.into import land_file
from ipscoding.exchange.foreign.land import land
from ipscoding.exchange.foreign.project import (
    ForeignCase,
    ForeignCode,
    ForeignCoding,
    ForeignDocument,
    ForeignMemo,
    ForeignProject,
    ForeignSet,
)
from ipscoding.project import (
    Project,
    check,
    codebooks,
    coders,
    codings,
    create,
    documents,
    informants,
    journal,
    memos,
    open_project,
)
from tests.project_example import make

TEXT = "I: Hva hjelper?\n\n\nP:  Ledelsen støtter o\u0308ss. \nI: Og ellers?\nP: Tid, og kolleger.\n"
CODE, CODING = "6f1e9c00-0000-4000-8000-000000000001", "6f1e9c00-0000-4000-8000-000000000002"


def at(quote: str) -> Span:
    return Span(TEXT.index(quote), TEXT.index(quote) + len(quote))


def foreign() -> ForeignProject:
    return ForeignProject(
        "Studie fra et annet program",
        "Annet 1.0",
        coders={"u1": "Kari", "u2": "Ola"},
        codes=[
            ForeignCode(CODE, "Støtte", parent="g", description="Hjelp fra andre", colour="#00aa00"),
            ForeignCode("g", "Ting som hjelper", codable=False),
            ForeignCode("7", "Støtte"),
        ],
        documents=[ForeignDocument("d1", "Intervju 1", TEXT, memo="Lest"), ForeignDocument("d2", "Tomt", " \n")],
        codings=[
            ForeignCoding(
                CODING, "d1", at("  Ledelsen støtter o\u0308ss. "), CODE, "u2", "2025-01-02T03:04:05Z", "Klart"
            ),
            ForeignCoding("c2", "d1", at("Tid"), "7", "u1", quote="Tid", valence=Valence.FACILITATOR, strength=2),
            ForeignCoding("c3", "d1", at("Tid"), "7", "u1", valence=Valence.BARRIER),
            ForeignCoding("c4", "d1", at("\n\n\n"), "7", "u1"),
            ForeignCoding("c5", "d2", Span(0, 1), "7", "u1"),
            ForeignCoding("c6", "d1", at("kolleger"), "g", "u2", quote="noe annet"),
        ],
        memos=[
            ForeignMemo("m1", "project", "", "Om studien", "u2"),
            ForeignMemo("m2", "code", CODE, "Om koden", "u1"),
            ForeignMemo("m3", "document", "d1", "Her", "u1", span=at("kolleger")),
            ForeignMemo("m4", "document", "d1", "", "u1", span=at("Og ellers")),
        ],
        cases=[ForeignCase("p1", "Informant 01", ("d1",), {"Rolle": "pasient", "Alder": "40"})],
        sets=[ForeignSet("s", "Viktige", ("7",), ("d1",))],
        left_out=["2 pictures"],
    )


@pytest.fixture
def project(tmp_path: Path) -> Project:
    return create(tmp_path / "ny", name="Ny", coder="Kari")


def test_everything_comes_in_as_one_act(project: Project) -> None:
    done = land(project, foreign(), "annet.qdpx")
    counted = {kind: (n.new, n.matched, n.skipped) for kind, n in done.counts.items()}
    assert counted["code"] == (3, 0, 0)
    assert counted["document"] == (1, 0, 1)
    assert counted["coding"] == (3, 1, 2)
    assert counted["coder"] == (1, 1, 0)
    book = codebooks.load(project)
    assert [(code.id, code.parent, code.codable) for code in book.codes] == [
        ("ting-som-hjelper", None, True),
        ("ting-som-hjelper.støtte", "ting-som-hjelper", True),
        ("støtte", None, True),
    ]
    assert book.by_id["ting-som-hjelper.støtte"].uuid == CODE
    assert book.by_id["støtte"].extra == {"imported_from": "Annet 1.0", "imported_key": "7", "sets": ["Viktige"]}
    document = documents.find(project, "Intervju 1")
    text = documents.text(project, document.id)
    assert text == "I: Hva hjelper?\nP:  Ledelsen støtter öss.\nI: Og ellers?\nP: Tid, og kolleger."
    assert (document.informant, document.attributes) == ("Informant 01", {"sets": "Viktige"})
    assert informants.all(project)[0].role == "patient"
    found = {
        (one.span.of(text), one.code, one.coder, one.valence, one.strength, one.memo, one.origin)
        for one in codings.of_document(project, document.id)
    }
    assert found == {
        ("Ledelsen støtter öss.", "ting-som-hjelper.støtte", "Ola", Valence.NONE, None, "Klart", "import"),
        ("Tid", "støtte", "Kari", Valence.BOTH, 2, "", "import"),
        ("kolleger", "ting-som-hjelper", "Ola", Valence.NONE, None, "", "import"),
    }
    assert codings.get(project, CODING).created_at == "2025-01-02T03:04:05Z"
    assert [memo.text for memo in memos.of(project, project.id)] == ["Om studien"]
    assert [memo.text for memo in memos.of(project, document.id)] == ["Lest"]
    assert [memo.text for memo in memos.of(project, CODE)] == ["Om koden"]
    (passage,) = memos.on_passages(project, document.id)
    assert (passage.text, text[passage.start : passage.end]) == ("Her", "kolleger")
    offset = project.value("SELECT offset FROM bookmarks")
    assert text[offset:].startswith("Og ellers")
    assert documents.statuses(project) == {(document.id, "Kari"): "coding", (document.id, "Ola"): "coding"}
    assert "2 pictures" in done.left_out
    assert len(done.doubts) == 2
    assert not [one for one in check.check(project) if one.found]
    journal.undo(project)
    assert not documents.all(project)
    assert not codebooks.load(project).codes


def test_a_second_time_nothing_is_new(project: Project) -> None:
    first = land(project, foreign(), "annet.qdpx")
    before = journal.state(project)
    again = land(project, foreign(), "annet.qdpx")
    assert first.new
    assert not again.new
    assert journal.state(project) == before


def test_a_dry_run_tells_the_same_and_changes_nothing(project: Project) -> None:
    before = journal.state(project)
    told = land(project, foreign(), "annet.qdpx", dry_run=True)
    assert journal.state(project) == before
    assert told.counts == land(project, foreign(), "annet.qdpx").counts


def test_what_is_in_the_project_is_recognised_and_left_as_it_is(tmp_path: Path) -> None:
    project = make(tmp_path)
    text = documents.text(project, documents.find(project, "p01").id)
    coders.set_alias(project, "Kari", "KN")
    other = ForeignProject(
        "Annet",
        "Annet 1.0",
        coders={"u": "KN"},
        codes=[
            ForeignCode("a", "ORGANISERING", codable=False, colour="#ffffff"),
            ForeignCode("b", "Proximity", parent="a", description="Noe annet"),
            ForeignCode("c", "Nærhet"),
        ],
        documents=[ForeignDocument("x", "Et annet navn", text.replace("\n", "\n\n"))],
        codings=[ForeignCoding("1", "x", Span(0, 20), "b", "u")],
        cases=[ForeignCase("p", "Informant 1", ("x",), {"role": "clinician", "age": "40", "site": "S02"})],
    )
    done = land(project, other, "annet.qdpx")
    assert (done.counts["code"].matched, done.counts["code"].new) == (2, 1)
    assert len(documents.all(project)) == 2
    assert codebooks.find(project, "org.nær").definition == {"nb": "Avstand mellom folk."}
    assert codebooks.find(project, "nærhet").parent is None
    person = next(one for one in informants.all(project) if one.name == "P01")
    assert (person.role, person.attributes) == ("patient", {"site": "S01", "age": "40"})
    assert [one.coder for one in codings.of_document(project, documents.find(project, "p01").id)] == ["Kari"]


def test_names_that_are_taken_and_texts_that_differ(tmp_path: Path) -> None:
    project = make(tmp_path)
    taken = documents.find(project, "p01")
    other = ForeignProject("", "", documents=[ForeignDocument(taken.id, "p01", "P: En annen tekst.")])
    done = land(project, other, "annet.qdpx")
    assert {one.name for one in documents.all(project)} == {"p01", "p01 (2)", "n01"}
    assert len(done.doubts) == 1
    assert not land(project, other, "annet.qdpx").new


def test_parents_in_a_ring_and_parents_that_are_not_there(project: Project) -> None:
    ring = ForeignProject(
        "", "x", codes=[ForeignCode("1", "En", "2"), ForeignCode("2", "To", "1"), ForeignCode("3", "Tre", "9")]
    )
    land(project, ring, "x")
    assert {code.label["nb"] for code in codebooks.load(project).codes} == {"En", "To", "Tre"}
    assert all(codebooks.load(project).path(code.id) for code in codebooks.load(project).codes)


def test_a_project_is_made_and_not_left_behind_where_nothing_came_of_it(tmp_path: Path) -> None:
    target = tmp_path / "over.ipscoding"
    land_file(target, foreign(), "annet.qdpx", coder="Kari", dry_run=True)
    assert not target.exists()
    land_file(target, foreign(), "annet.qdpx", coder="Kari")
    with open_project(target) as made:
        assert made.name == "Studie fra et annet program"
        assert len(documents.all(made)) == 1
