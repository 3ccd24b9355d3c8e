"""An import promises: one act, informants as the files and people say, comments as memos, nothing doubtful unasked."""

from dataclasses import replace
from pathlib import Path

from ipscoding.domain import Moment, Span, Valence
from ipscoding.project import Project, codings, documents, excerpts, informants, journal, memos
from ipscoding.project.check import check
from ipscoding.transcripts.corrections import with_informants, with_interviewers
from ipscoding.transcripts.reading import MarginNote
from tests.project_example import make, reading, span_of

GROUP = ("M: Hvem begynner?", "A: Jeg kan begynne.", "B: Og så jeg.")


def notes() -> list[MarginNote]:
    return [
        MarginNote(Span(3, 8), "Se også side 2", "Siri Veileder", "2026-03-01T10:00:00Z"),
        MarginNote(Span(3, 8), "Og side 3", "Siri Veileder", "2026-03-01T10:05:00Z"),
        MarginNote(Span(200, 300), "Etter teksten"),
    ]


def found(project: Project, name: str) -> list[tuple[str, str, int | None, int | None, str | None]]:
    document = documents.find(project, name)
    return [(m.coder, m.text, m.start, m.end, m.origin) for m in memos.on_passages(project, document.id)]


def test_comments_become_memos_of_their_authors_and_go_with_one_undo(tmp_path: Path) -> None:
    with make(tmp_path) as project:
        before = journal.state(project)
        documents.add_all(project, [replace(reading("k", ("I: Hva nå?", "P: Vet ikke.")), comments=notes())])
        assert found(project, "k") == [
            ("Siri Veileder", "Se også side 2\nOg side 3", 3, 8, "k.txt"),
            ("Kari", "Etter teksten", 22, 23, "k.txt"),
        ]
        assert memos.of(project, documents.find(project, "k").id) == []
        assert [one for one in check(project) if one.found] == []
        journal.undo(project)
        assert journal.state(project) == before


def test_a_memo_on_an_interview_stands_beside_comments_in_it(tmp_path: Path) -> None:
    with make(tmp_path) as project:
        documents.add_all(project, [replace(reading("k", ("I: Hva nå?", "P: Vet ikke.")), comments=notes())])
        document = documents.find(project, "k").id
        memos.put(project, document, "Et langt intervju")
        memos.put(project, document, "Et kort intervju")
        assert [memo.text for memo in memos.of(project, document)] == ["Et kort intervju"]
        assert len(found(project, "k")) == 2
        documents.remove(project, document)
        assert project.value("SELECT count(*) FROM memos") == 0


def test_a_guessed_layout_waits_for_a_person(tmp_path: Path) -> None:
    guessed = replace(reading("pdf", ("I: Hei?", "P: Hei.")), to_approve=True)
    with make(tmp_path) as project:
        done = documents.add_all(project, [guessed])
        assert (done.added, [name for name, _why in done.refused]) == ([], ["pdf"])
        assert "--approve" in done.refused[0][1].hint
        assert documents.add_all(project, [guessed], approved=True).added == ["pdf"]
        assert documents.add_all(project, [guessed]).unchanged == ["pdf"]


def test_attributes_of_a_source_are_the_informants(tmp_path: Path) -> None:
    answer = replace(reading("7 - hjelp", ("A: Støtte.",), id="7", role="patient"), attributes={"alder": "30"})
    with make(tmp_path) as project:
        documents.add_all(project, [answer])
        person = next(one for one in informants.all(project) if one.name == "7")
        assert (person.role, person.attributes) == ("patient", {"alder": "30"})


def test_people_of_a_group_are_informants_of_their_own(tmp_path: Path) -> None:
    group = with_interviewers(with_informants(reading("gruppe", GROUP), {"a": "P07", "B": "P08"}), ["M"])
    with make(tmp_path) as project:
        documents.add_all(project, [group])
        document = documents.find(project, "gruppe")
        assert (document.informant, document.speakers) == ("", {"A": "P07", "B": "P08"})
        informants.change(project, "P08", role="clinician", attributes={"site": "S2"})
        for quote in ("kan begynne", "så jeg"):
            place = span_of(project, document.id, quote)
            codings.add(project, document.id, place, "org.nær", Valence.BARRIER)
        rows = [row for row in excerpts.rows(project) if row.document == "gruppe"]
        assert [(row.informant, row.role, dict(row.attributes)) for row in rows] == [
            ("P07", "", {}), ("P08", "clinician", {"site": "S2"})
        ]  # fmt: skip


def test_one_named_speaker_is_the_interviews_informant(tmp_path: Path) -> None:
    one = with_informants(reading("p", ("I: Hei?", "P: Hei.")), {"P": "Pasient 7"})
    with make(tmp_path) as project:
        documents.add_all(project, [one])
        document = documents.find(project, "p")
        assert (document.informant, document.speakers) == ("Pasient 7", {})


def test_a_coding_says_where_the_recording_stood(tmp_path: Path) -> None:
    timed = replace(reading("t", ("I: Hva nå?", "P: Vet ikke.")), times=[(0, 2.0), (11, 3723.9), (23, 4000.0)])
    with make(tmp_path) as project:
        documents.add_all(project, [timed])
        document = documents.find(project, "t").id
        assert documents.transcript(project, document).times == (Moment(0, 2.0), Moment(11, 3723.9))
        codings.add(project, document, span_of(project, document, "ikke"), "org.nær", Valence.BARRIER)
        door = documents.find(project, "p01").id
        codings.add(project, door, span_of(project, door, "Døra"), "org.nær", Valence.BARRIER)
        assert {row.document: row.time for row in excerpts.rows(project)} == {"t": "1:02:03", "p01": ""}
