"""A text that changes after coding, on screen: the queue is walked, and an open interview follows what others do."""

import pytest

from ipscoding.domain import Transcript, Valence
from ipscoding.errors import IpscodingError
from ipscoding.project import Project, codings, documents, journal, open_project, versions
from ipscoding.transcripts.reading import Reading
from ipscoding.tui.screens.revised import RevisedScreen
from tests.test_tui_codebook import shown
from tests.test_tui_coding import at_work, project
from tests.tui_example import LINES, passage, plain_terminal, transcript

__all__ = ["plain_terminal", "project"]

NEW = [
    (who, said.replace("Jeg slapp å vente.", "Jeg slapp all venting.").replace("[latter] Hun ga seg ikke, ", ""))
    for who, said in LINES
    if said != "Og arbeidsgiveren?"
]


def place(project: Project) -> str:
    return documents.find(project, "p01").id


def talk(project: Project) -> Transcript:
    return documents.transcript(project, place(project))


def coded(project: Project, *quotes: str) -> list[str]:
    return [
        codings.add(project, place(project), passage(talk(project), quote), "org.colocation", Valence.BARRIER).id
        for quote in quotes
    ]


def revise(project: Project) -> None:
    versions.revise(
        project,
        place(project),
        Reading("ny", transcript(NEW), {}, "ny.txt", "2" * 64, "utf-8", []),
        why="hørt om igjen",
    )


def quotes(project: Project) -> list[str]:
    text = documents.text(project, place(project))
    return [coding.span.of(text) for coding in codings.of_document(project, place(project))]


async def test_the_queue_is_walked_by_keyboard(project: Project) -> None:
    coded(project, "Jeg slapp å vente.", "Hun ga seg ikke", "det tok tre måneder")
    revise(project)
    async with at_work(project, (110, 30)) as hands:
        assert "The text under 2 codings of yours has changed" in hands.notices()
        await hands.press("Z")
        assert isinstance(hands.app.screen, RevisedScreen)
        about = shown(hands, "#about")
        assert "Jeg slapp å vente." in about
        assert "Jeg slapp all venting." in about
        assert "hørt om igjen" in about
        await hands.press("c")
        assert versions.to_review(project, "Kari") == 1
        assert "It is gone from the text." in shown(hands, "#about")
        await hands.press("x")
        assert "Nothing to look at" in shown(hands, "#nothing")
        await hands.press("u", "u")
        assert versions.to_review(project, "Kari") == 2
        await hands.press("C", "y")
        assert [one.old.quote for one in versions.queue(project)] == ["Hun ga seg ikke"]
        await hands.press("escape")
    assert quotes(project) == ["Jeg slapp all venting.", "det tok tre måneder"]


async def test_a_passage_is_chosen_anew_in_the_interview(project: Project) -> None:
    lost = coded(project, "Hun ga seg ikke")[0]
    revise(project)
    async with at_work(project, (110, 30)) as hands:
        await hands.press("Z", "s")
        assert hands.app.screen is hands.screen
        await hands.press("escape")
        await hands.press("Z", "s")
        hands.screen.view.select(passage(talk(project), "for å si det sånn"))
        await hands.press("Z")
        assert hands.app.screen is hands.screen
        assert versions.queue(project) == []
        assert codings.get(project, lost).span == passage(talk(project), "for å si det sånn")
        await hands.press("u")
        assert len(versions.queue(project)) == 1


async def test_an_open_interview_follows_a_text_that_another_person_changes(project: Project) -> None:
    coded(project, "det tok tre måneder")
    async with at_work(project, (110, 30)) as hands:
        before = talk(project)
        hands.screen.view.move_to(before.text.index("Han på lageret"))
        with open_project(project.path, coder="Ola") as other:
            revise(other)
            codings.add(
                other,
                place(other),
                passage(talk(other), "Jeg slapp all venting."),
                "org.colocation",
                Valence.FACILITATOR,
            )
        with pytest.raises(IpscodingError, match="has just got another text"):
            hands.screen.desk.add(passage(before, "dager i uka"), "org.colocation", Valence.BARRIER)
        hands.screen._look_for_others()
        await hands.pilot.pause()
        text = documents.text(project, place(project))
        view = hands.screen.view
        assert view.transcript.text == text
        assert text[view.cursor :].startswith("Han på lageret")
        assert [coding.span.of(text) for coding in hands.screen.desk.codings] == [
            "Jeg slapp all venting.",
            "det tok tre måneder",
        ]
        hands.screen.desk.add(passage(talk(project), "dager i uka"), "org.colocation", Valence.BARRIER)
        assert "dager i uka" in quotes(project)
        with open_project(project.path, coder="Ola") as other:
            for _act in range(2):
                journal.undo(other)
        hands.screen._look_for_others()
        await hands.pilot.pause()
        assert hands.screen.view.transcript.text == before.text
    assert quotes(project) == ["det tok tre måneder", "dager i uka"]
