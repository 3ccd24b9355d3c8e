"""An invented interview, a small codebook and the surroundings in which screens are tested."""

import re
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from textual.content import Content
from textual.pilot import Pilot
from textual.screen import Screen
from textual.widgets import Static

from ipscoding.codebook.phrases import Phrase
from ipscoding.domain import Code, Codebook, Span, Transcript, Turn, Valence
from ipscoding.project import Project, codebooks, create, documents
from ipscoding.transcripts.reading import Reading
from ipscoding.tui.marks import Mark
from ipscoding.tui.widgets.line import Line

LINES = [
    ("I", "Kan du fortelle litt om hvordan det var å komme i gang med jobbstøtte?"),
    (
        "P1",
        "Ja, altså, det gikk ganske fort. Jeg snakket med behandleren min på poliklinikken, og hun sa at de hadde en "
        "som satt rett over gangen. Så vi gikk bare inn der, uten noe søknad eller noe sånt.",
    ),
    ("I", "Hva betydde det for deg?"),
    (
        "P1",
        "Det betydde veldig mye. Jeg slapp å vente. Men så måtte jo NAV godkjenne, og det tok tre måneder, og i den "
        "tida ble jeg ganske usikker på om det var noe for meg i det hele tatt. Jobbspesialisten ringte likevel hver "
        "uke. [latter] Hun ga seg ikke, for å si det sånn.",
    ),
    ("I", "Og arbeidsgiveren?"),
    ("P1", "Han på lageret var grei. Han sa at jeg kunne begynne med to dager i uka, og så fikk vi se an formen."),
]


def transcript(lines: list[tuple[str, str]] = LINES, times: int = 1) -> Transcript:
    """The interview, over and over for a long one."""
    text, turns, sentences = "", [], []
    for number, (speaker, speech) in enumerate(lines * times, 1):
        start = len(text)
        begin = start + len(speaker) + 2
        text += f"{speaker}: {speech}\n"
        turns.append(Turn(number, speaker, Span(start, len(text) - 1), Span(begin, len(text) - 1), speaker == "I"))
        sentences += [Span(begin + m.start(), begin + m.end()) for m in re.finditer(r"\S[^.?]*[.?]?", speech)]
    return Transcript(text.removesuffix("\n"), tuple(turns), tuple(sentences))


def codebook() -> Codebook:
    """Two domains with codes; one code allows no valence."""
    return Codebook(
        "small",
        {"nb": "Liten kodebok", "en": "Small codebook"},
        codes=(
            Code("org", {"nb": "Organisering", "en": "Organisation"}, codable=False),
            Code(
                "org.colocation",
                {"nb": "Samlokalisering", "en": "Co-location"},
                parent="org",
                definition={"nb": "Fysisk nærhet mellom jobbspesialist og behandlere.", "en": "Physical proximity."},
                include_when={"en": "Offices, corridors, quick chats in passing."},
                exclude_when={"en": "Not formal meetings."},
            ),
            Code("nav", {"nb": "NAV og ytelser", "en": "Welfare system"}, codable=False),
            Code("nav.waiting", {"nb": "Ventetid og vedtak", "en": "Waiting and decisions"}, parent="nav"),
            Code("spec", {"nb": "Jobbspesialisten", "en": "The employment specialist"}, codable=False),
            Code("spec.persistence", {"nb": "Utholdenhet", "en": "Persistence"}, parent="spec"),
            Code("gen", {"nb": "Tverrgående", "en": "Cross-cutting"}, codable=False),
            Code(
                "gen.suggestion",
                {"nb": "Forslag til endring", "en": "Suggestion for change"},
                parent="gen",
                valence=Valence.NONE,
            ),
        ),
    )


def said(screen: Screen[Any], selector: str) -> str:
    """What a line or a text on the screen says, without its colours."""
    widget = screen.query_one(selector)
    assert isinstance(widget, Static | Line)
    content = widget.content
    return content.plain if isinstance(content, Content) else str(content)


async def until(pilot: Pilot[None], seen: Callable[[], bool], seconds: float = 30.0) -> None:
    """Wait until something is to be seen: on a busy machine one pause of the pilot may be too short for a screen."""
    last = time.monotonic() + seconds
    while not seen():
        assert time.monotonic() < last, "it was not to be seen in time"
        await pilot.pause(0.02)
    await pilot.pause()


def passage(talk: Transcript, words: str) -> Span:
    """Where `words` stand first."""
    start = talk.text.index(words)
    return Span(start, start + len(words))


def marks(talk: Transcript) -> list[Mark]:
    """Three codings: one long, one inside it, one alone."""
    return [
        Mark(
            "near",
            passage(talk, "hun sa at de hadde en som satt rett over gangen"),
            "Co-location",
            "#e69f00",
            Valence.FACILITATOR,
        ),
        Mark(
            "wait",
            talk.sentences[7],
            "Waiting and decisions",
            "#56b4e9",
            Valence.BARRIER,
        ),
        Mark(
            "doubt", passage(talk, "i den tida ble jeg ganske usikker"), "Self-confidence", "#cc79a7", Valence.BARRIER
        ),
    ]


@pytest.fixture(autouse=True)
def plain_terminal(monkeypatch: pytest.MonkeyPatch) -> None:
    """No colour settings of whoever runs the tests, no animation, English."""
    import os

    from ipscoding import i18n

    for name in list(os.environ):
        ours = name.startswith("TEXTUAL_") and not name.startswith("TEXTUAL_SNAPSHOT")
        if ours or name in ("NO_COLOR", "FORCE_COLOR", "COLORTERM"):
            monkeypatch.delenv(name)
    monkeypatch.setenv("TEXTUAL_ANIMATIONS", "none")
    i18n.choose("en")


PHRASES = [
    Phrase(
        "org.colocation", Valence.FACILITATOR, "nb", "Kontoret hennes ligger rett over gangen, så jeg bare går inn."
    ),
    Phrase("org.colocation", Valence.FACILITATOR, "nb", "De sitter på samme gang som oss på poliklinikken."),
    Phrase("nav.waiting", Valence.BARRIER, "nb", "Det tok tre måneder før NAV svarte."),
    Phrase("nav.waiting", Valence.BARRIER, "nb", "Vi måtte vente på at NAV skulle godkjenne vedtaket."),
    Phrase("spec.persistence", Valence.FACILITATOR, "nb", "Jobbspesialisten ga seg ikke, hun ringte hver uke."),
    Phrase("spec.persistence", Valence.FACILITATOR, "nb", "Han ringte igjen og igjen, uke etter uke."),
]


def make(folder: Path, coder: str = "Kari") -> Project:
    """A project with the small codebook and two interviews."""
    project = create(folder / "study.ipscoding", name="Study", coder=coder)
    codebooks.adopt(project, codebook(), PHRASES)
    short = transcript([("I", "Hei?"), ("N", "Eg er rettleiar i NAV. Vi ventar på vedtak.")])
    documents.add_all(
        project,
        [
            Reading("p01", transcript(), {"role": "patient"}, "p01.txt", "0" * 64, "utf-8", []),
            Reading("n01", short, {"role": "nav-counsellor"}, "n01.txt", "1" * 64, "utf-8", []),
        ],
    )
    return project
