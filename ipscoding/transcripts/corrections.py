"""What people say of a reading that was found wrongly: who the interviewer is, and who the speakers are."""

from collections.abc import Collection, Mapping
from dataclasses import replace

from ipscoding.domain import Transcript
from ipscoding.language.sentences import split_sentences
from ipscoding.transcripts.reading import Reading
from ipscoding.transcripts.speakers import find_turns, starts_a_line


def labels(reading: Reading) -> list[str]:
    """The speakers' labels that a reading has, in the order in which they first speak."""
    return list(dict.fromkeys(turn.speaker for turn in reading.transcript.turns if turn.speaker))


def with_speakers(reading: Reading, names: Collection[str]) -> Reading:
    """The reading with `names` (in any case) as labels too, where lines begin with one that was taken for text."""
    known = labels(reading)
    keys = {label.casefold() for label in known}
    text = reading.transcript.text
    new = {name for name in names if name.casefold() not in keys and starts_a_line(text, name)}
    if not new:
        return reading
    turns = find_turns(text, {*known, *new}).turns
    sentences = [span for turn in turns for span in split_sentences(text, turn.speech.start, turn.speech.end)]
    transcript = Transcript(text, tuple(turns), tuple(sentences), reading.transcript.times)
    return replace(reading, transcript=transcript, remarks=[one for one in reading.remarks if one.kind != "speakers"])


def with_interviewers(reading: Reading, names: Collection[str]) -> Reading:
    """The reading with the speakers called `names` (in any case), and nobody else, as interviewers.

    Where it has none of them, it stays as it is.
    """
    reading = with_speakers(reading, names)
    keys = {name.casefold() for name in names}
    if not any(label.casefold() in keys for label in labels(reading)):
        return reading
    turns = tuple(
        # what stands before the first speaker is nobody's and stays so
        replace(turn, interviewer=turn.speaker.casefold() in keys) if turn.speaker else turn
        for turn in reading.transcript.turns
    )
    remarks = [one for one in reading.remarks if one.kind != "interviewer"]
    return replace(reading, transcript=replace(reading.transcript, turns=turns), remarks=remarks)


def with_informants(reading: Reading, people: Mapping[str, str]) -> Reading:
    """The reading with the informants that speak under labels (in any case): `people` maps these to their names."""
    reading = with_speakers(reading, people)
    wanted = {label.casefold(): name for label, name in people.items()}
    named = {label: wanted[label.casefold()] for label in labels(reading) if label.casefold() in wanted}
    if not named:
        return reading
    turns = tuple(
        # whom somebody calls an informant is none of the interviewers
        replace(turn, interviewer=turn.interviewer and turn.speaker not in named)
        for turn in reading.transcript.turns
    )
    return replace(reading, transcript=replace(reading.transcript, turns=turns), informants=named)
