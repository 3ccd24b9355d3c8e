"""What would be read from a file, for people to look at before it is imported."""

from dataclasses import dataclass

from ipscoding.domain import count_words
from ipscoding.language.which import language_of
from ipscoding.transcripts.reading import Reading, Remark


@dataclass(frozen=True, slots=True)
class SpeakerSeen:
    """A speaker: the label (empty for speech of nobody named), turns, words, and whether it is the interviewer.

    `informant` is who speaks under the label, where somebody has said it.
    """

    label: str
    turns: int
    words: int
    interviewer: bool
    informant: str = ""


@dataclass(frozen=True)
class Preview:
    """What a reading holds.

    Args:
        kind: the suffix of the file's name, in small letters.
        words: those that informants say.
        language: what the file says, else what it looks like (`guessed`); empty where neither tells.
        until: the last time of the recording in seconds; None without times.
        doubts: what was changed or is doubtful, those with a line first.
    """

    name: str
    source: str
    kind: str
    speakers: tuple[SpeakerSeen, ...]
    words: int
    language: str
    guessed: bool
    date: str
    until: float | None
    comments: int
    encoding: str
    to_approve: bool
    doubts: tuple[Remark, ...]

    @property
    def informants(self) -> int:
        """How many labels are not the interviewer's."""
        return sum(not speaker.interviewer for speaker in self.speakers)


def preview(reading: Reading) -> Preview:
    """What `reading` holds."""
    transcript = reading.transcript
    found: dict[tuple[str, bool], list[int]] = {}
    for turn in transcript.turns:
        found.setdefault((turn.speaker, turn.interviewer), []).append(count_words(turn.speech.of(transcript.text)))
    said = reading.header.get("language", "")
    guessed = (
        "" if said else language_of(" ".join(turn.speech.of(transcript.text) for turn in transcript.informant_turns()))
    )
    return Preview(
        name=reading.name,
        source=reading.source,
        kind=reading.source.rpartition(".")[2].lower(),
        speakers=tuple(
            SpeakerSeen(label, len(words), sum(words), interviewer, reading.informants.get(label, ""))
            for (label, interviewer), words in found.items()
        ),
        words=transcript.informant_words,
        language=said or guessed,
        guessed=bool(guessed),
        date=reading.header.get("date", ""),
        until=max((seconds for _offset, seconds in reading.times), default=None),
        comments=len(reading.comments),
        encoding=reading.encoding,
        to_approve=reading.to_approve,
        doubts=tuple(sorted(reading.remarks, key=lambda remark: (remark.line is None, remark.line or 0))),
    )
