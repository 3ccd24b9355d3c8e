"""Texts on their way from one copy to another: with turns, sentences and times, known by their hash."""

from collections.abc import Collection, Iterable
from typing import Any

from ipscoding.domain import Moment, Span, Transcript, Turn
from ipscoding.project.store import Project
from ipscoding.project.texts import keep_text, read_text


def hashes(project: Project) -> set[str]:
    """The hashes of all texts of a project."""
    return {sha256 for (sha256,) in project.tuples("SELECT sha256 FROM texts")}


def read(project: Project, wanted: Collection[str]) -> dict[str, Transcript]:
    """Transcripts of `project` by hash."""
    return {sha256: read_text(project, sha256) for sha256 in sorted(wanted)}


def keep(project: Project, transcripts: Iterable[Transcript]) -> None:
    """Put transcripts into the store of `project`; part of the act under way."""
    for transcript in transcripts:
        keep_text(project, transcript)


def packed(transcript: Transcript) -> list[Any]:
    """A transcript as plain JSON values."""
    turns = [
        [t.number, t.speaker, t.span.start, t.speech.start, t.span.end, int(t.interviewer)] for t in transcript.turns
    ]
    times = [[moment.offset, moment.seconds] for moment in transcript.times]
    return [transcript.text, turns, [[s.start, s.end] for s in transcript.sentences], times]


def unpacked(values: list[Any]) -> Transcript:
    """A transcript from what `packed` gave."""
    text, turns, sentences, *rest = values  # a file of the first version has no times
    times = rest[0] if rest else []
    return Transcript(
        text,
        tuple(
            Turn(number, speaker, Span(start, end), Span(speech, end), bool(interviewer))
            for number, speaker, start, speech, end, interviewer in turns
        ),
        tuple(Span(start, end) for start, end in sentences),
        tuple(Moment(offset, seconds) for offset, seconds in times),
    )
