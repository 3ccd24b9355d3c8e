"""Timed pieces of speech (subtitles, machine transcripts) to paragraphs of speakers, each piece's time at its place."""

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from itertools import pairwise

from ipscoding.i18n import _, ngettext
from ipscoding.transcripts.labels import find_label
from ipscoding.transcripts.normalise import clean_line
from ipscoding.transcripts.reading import Remark
from ipscoding.transcripts.source import Source, TimeMark

NOBODY = "?"
"""The label of speech of which a source with speakers does not say who speaks."""

_PAUSE = 2.0
_LONG = 800
_SURELY = 3
"""A word before a colon that begins so many pieces is a name: repeated, it can be left out."""
_SENTENCE_ENDS = (".", "?", "!", "…", ".”", ".»", '."')


@dataclass(frozen=True, slots=True)
class Cue:
    """A piece of speech from `start` to `end` (seconds); `speaker` is None where the source does not say who speaks.

    `text` is as spoken, without marks of the format; its lines are pieces of one speech.
    """

    start: float
    end: float
    text: str
    speaker: str | None = None


def source_of(
    cues: Iterable[Cue],
    encoding: str = "utf-8",
    *,
    header: dict[str, str] | None = None,
    remarks: Sequence[Remark] = (),
) -> Source:
    """The source that pieces of speech make in the order given: consecutive ones of a speaker are one paragraph.

    Where the pieces have no speakers, a label in the text (`Kari: ...`) begins a paragraph; where there are none of
    those either, a pause of two seconds does, and the end of a sentence after 800 characters.
    """
    spoken = [cue for cue in cues if cue.text.strip()]
    named = any(cue.speaker for cue in spoken)
    lines, times = _by_speaker(spoken) if named else _by_label(spoken)
    found = list(remarks)
    nobody = sum(not cue.speaker for cue in spoken) if named else 0
    if nobody:
        message = ngettext(
            "the file does not say who speaks in {n} piece: it stands under {label}",
            "the file does not say who speaks in {n} pieces: they stand under {label}",
            nobody,
        )
        found.append(Remark("speakers", message.format(n=nobody, label=NOBODY)))
    back = sum(after.start < before.start for before, after in pairwise(spoken))
    if back:
        found.append(Remark("times", _("the times go back in some places; the order of the file was kept")))
    labels = frozenset(_label(cue) for cue in spoken) if named else None
    return Source(lines, encoding, times=times, remarks=found, header=header or {}, speakers=labels)


def _label(cue: Cue) -> str:
    # a colon in a name would end the label
    return clean_line((cue.speaker or "").replace(":", " ").replace("\n", " ")) or NOBODY


def _by_speaker(cues: Sequence[Cue]) -> tuple[list[str], list[TimeMark]]:
    lines: list[str] = []
    times: list[TimeMark] = []
    speaker = None
    for cue in cues:
        text = " ".join(cue.text.split())
        if _label(cue) == speaker:
            _append(lines, times, text, cue.start)
        else:
            speaker = _label(cue)
            lines.append(f"{speaker}: {text}")
            times.append(TimeMark(len(lines), 0, cue.start))
    return lines, times


def _by_label(cues: Sequence[Cue]) -> tuple[list[str], list[TimeMark]]:
    lines: list[str] = []
    times: list[TimeMark] = []
    counts = Counter(label.key for cue in cues for line in cue.text.splitlines() if (label := find_label(line)))
    labelled = counts.total() * 10 >= len(cues)
    end, speaker = 0.0, ""
    for cue in cues:
        start: float | None = cue.start
        for raw in cue.text.splitlines():
            line = " ".join(raw.split())
            label = find_label(line) if labelled else None
            if not line:
                continue
            if label and label.key == speaker and counts[speaker] >= _SURELY and line[label.end :].strip():
                # a speaker named anew in every piece
                _append(lines, times, line[label.end :].strip(), start)
            elif label or not lines or (not labelled and start is not None and _is_apart(lines[-1], cue.start - end)):
                lines.append(line)
                times.append(TimeMark(len(lines), 0, cue.start))
                speaker = label.key if label else ""
            else:
                _append(lines, times, line, start)
            start = None
        end = cue.end
    return lines, times


def _is_apart(before: str, pause: float) -> bool:
    """Whether what is said after a pause begins a paragraph of its own."""
    return pause >= _PAUSE or (len(before) >= _LONG and before.endswith(_SENTENCE_ENDS))


def _append(lines: list[str], times: list[TimeMark], text: str, start: float | None) -> None:
    if start is not None:
        times.append(TimeMark(len(lines), len(lines[-1]) + 1, start))
    lines[-1] += f" {text}"
