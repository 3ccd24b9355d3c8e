"""Who says what: turns of speech from the labels that lines begin with.

A word before a colon is a speaker only where the whole text bears it out: it comes back, others like it do, or nearly
every paragraph begins with one. `Og så sa han: ...` is never a speaker.
"""

import re
from collections import Counter
from collections.abc import Collection
from dataclasses import dataclass, field

from ipscoding.domain import Span, Turn
from ipscoding.i18n import _
from ipscoding.transcripts.labels import Kind, Label, find_label, is_interviewer, stamp_end
from ipscoding.transcripts.reading import Remark

# what stands in the block that many put above an interview, in which "Intervjuer: Kari" is no turn
_FORM_FIELD = re.compile(
    r"[*_]{0,3}(?:dato|sted|stad|tid|tidspunkt|varighe[it]+t?|lengde|prosjekt|transkribert|lydfil|intervjudato|"
    r"alder|kjønn|stilling|date|place|duration|age)\b[^:\n]{0,30}:",
    re.IGNORECASE,
)
_LONGEST_PREAMBLE = 1500
_LONGEST_TITLE = 150
_MOST_DOUBTS = 10
_MOST_SPEAKERS = 500


@dataclass
class Speech:
    """The turns of a text. The `line` of its remarks counts lines of that text from 1."""

    turns: list[Turn]
    remarks: list[Remark] = field(default_factory=list)


def find_turns(text: str, speakers: Collection[str] | None = None) -> Speech:
    """The turns of a normalised text (one paragraph a line).

    `speakers` are the labels (without a colon in them) where they are known: then nothing else is one. None finds
    them in the text.

    A paragraph without a label goes on with the turn before. Without any labels each paragraph is a turn of nobody.
    Where only the interviewer is labelled, paragraphs without a label are the informant's, under no name. A preamble
    of a few short lines before the first speaker (title, date) is nobody's speech; it is marked like the
    interviewer's, so that no figure counts it.
    """
    if not text:
        return Speech([])
    lines = text.split("\n")
    if speakers is None:
        candidates = [find_label(line) for line in lines]
        labels = _believed(lines, candidates)
    else:
        candidates = labels = [_known_label(line, speakers) for line in lines]
    names = {label.name for label in labels if label}
    if not names:
        turns = [
            Turn(number, "", span, Span(span.start + min(stamp_end(line), len(line)), span.end))
            for number, (line, span) in enumerate(zip(lines, _line_spans(lines), strict=True), 1)
        ]
        message = _("no speakers were found: each paragraph is a turn of its own")
        return Speech(turns, [Remark("speakers", message)] if speakers is None else [])
    # a text with so many names is no interview; only what a label says by itself counts then
    beside = names if len(names) <= _MOST_SPEAKERS else set()
    interviewers = {name for name in names if is_interviewer(name, beside)}
    speech = _build(text, lines, labels, interviewers, answers_unlabelled=speakers is None and names == interviewers)
    speech.remarks += _doubts(candidates, labels)
    if not interviewers:
        speech.remarks.append(_about_the_interviewer(text, speech.turns))
    return speech


def _known_label(line: str, speakers: Collection[str]) -> Label | None:
    name, colon, _speech = line.partition(":")
    if colon and name in speakers:
        return Label(name, len(name) + 1, Kind.CODE)
    label = find_label(line) if speakers else None
    return label if label is not None and label.name in speakers else None


def starts_a_line(text: str, speaker: str) -> bool:
    """Whether a line of the normalised `text` begins with the label `speaker`."""
    return any(_known_label(line, (speaker,)) for line in text.split("\n"))


def _believed(lines: list[str], candidates: list[Label | None]) -> list[Label | None]:
    """The candidates that are speakers, judged by the text as a whole."""
    found = [label for label in candidates if label]
    counts = Counter(label.key for label in found)
    kinds: dict[str, Kind] = {}
    for label in found:
        kinds[label.key] = min(label.kind, kinds.get(label.key, label.kind))
    first = next((index for index, label in enumerate(candidates) if label), 0)
    keys = _speakers(counts, kinds, len(lines) - first)
    labels = [label if label and label.key in keys else None for label in candidates]
    labels = _without_form_fields(lines, labels, counts)
    return _with_rare_speakers(candidates, labels)


def _speakers(counts: Counter[str], kinds: dict[str, Kind], lines: int) -> set[str]:
    """The keys that are speakers, by how often they come among the `lines` from the first of them on."""

    def of(kind: Kind, least: int = 1) -> set[str]:
        return {key for key, count in counts.items() if kinds[key] is kind and count >= least}

    def covered(keys: set[str]) -> float:
        return sum(counts[key] for key in keys) / lines

    in_form = {key for key in counts if kinds[key] <= Kind.NAME}
    if len(in_form) > 1 and covered(in_form) >= 0.9:
        return in_form
    sure = of(Kind.INTERVIEWER)
    codes = of(Kind.CODE)
    if covered(codes | sure) < 0.5:
        codes = {key for key in codes if counts[key] > 1 or (sure and (len(key) > 2 or not key.isalpha()))}
    sure |= codes
    for kind, least in ((Kind.NAME, 2), (Kind.BARE, 2), (Kind.LOWER, 3)):
        again = of(kind, least)
        if sure or len(again) > 1 or covered(again) >= 0.5:
            sure |= again
    return sure


def _without_form_fields(lines: list[str], labels: list[Label | None], counts: Counter[str]) -> list[Label | None]:
    """Without the labels in a block of form fields above the interview (`Intervjuer: Kari`, `Dato: ...`)."""
    first = next((index for index, label in enumerate(labels) if label and counts[label.key] > 1), 0)
    above = [label for label in labels[:first] if label]
    if not above:
        return labels
    is_form = any(_FORM_FIELD.match(line) for line in lines[:first])
    named_twice = any(label.kind is Kind.INTERVIEWER for label in above) and any(
        label and label.kind is Kind.INTERVIEWER for label in labels[first:]
    )
    if not (is_form or named_twice):
        return labels
    return [label if index >= first else None for index, label in enumerate(labels)]


def _with_rare_speakers(candidates: list[Label | None], labels: list[Label | None]) -> list[Label | None]:
    """With names that come once, where paragraphs without a label hardly occur after the first speaker."""
    first = next((index for index, label in enumerate(labels) if label), len(labels))
    rest = range(first, len(labels))
    rare = [
        index for index in rest if labels[index] is None and (label := candidates[index]) and label.kind <= Kind.NAME
    ]
    unlabelled = sum(labels[index] is None for index in rest) - len(rare)
    if not rare or unlabelled * 10 > len(rest):
        return labels
    chosen = set(rare)
    return [candidates[index] if index in chosen else label for index, label in enumerate(labels)]


def _line_spans(lines: list[str]) -> list[Span]:
    spans = []
    start = 0
    for line in lines:
        spans.append(Span(start, start + len(line)))
        start += len(line) + 1
    return spans


def _build(
    text: str, lines: list[str], labels: list[Label | None], interviewers: set[str], answers_unlabelled: bool
) -> Speech:
    speech = Speech([])
    spans = _line_spans(lines)
    starts = {index for index, label in enumerate(labels) if label} | {0}
    if answers_unlabelled:
        starts |= _answers(lines, labels)
        message = _("only the interviewer has a label: paragraphs without one are read as the informant's")
        speech.remarks.append(Remark("speakers", message))
    ordered = sorted(starts)
    for number, (first, following) in enumerate(zip(ordered, [*ordered[1:], len(lines)], strict=True), 1):
        label = labels[first]
        span = Span(spans[first].start, spans[following - 1].end)
        begin = span.start + (label.end if label else 0)
        while begin < span.end and text[begin].isspace():
            begin += 1
        name = label.name if label else ""
        uncounted = name in interviewers
        if label is None and first == 0:
            uncounted = len(span) <= _LONGEST_PREAMBLE and max(map(len, lines[:following])) <= _LONGEST_TITLE
            speech.remarks.append(_about_the_preamble(uncounted))
        speech.turns.append(Turn(number, name, span, Span(begin, span.end), uncounted))
    return speech


def _answers(lines: list[str], labels: list[Label | None]) -> set[int]:
    """The lines where answers begin after questions, of which only the questions have a label."""
    found = set()
    for index, label in enumerate(labels):
        if label:
            answer = index + 1 if lines[index][label.end :].strip() else index + 2
            if answer < len(lines) and not any(labels[index + 1 : answer + 1]):
                found.add(answer)
    return found


def _about_the_preamble(uncounted: bool) -> Remark:
    message = (
        _("what stands before the first speaker is read as nobody's speech and left out of counts")
        if uncounted
        else _("a long text stands before the first speaker: it is counted as an informant's")
    )
    return Remark("preamble", message, 1)


def _doubts(candidates: list[Label | None], labels: list[Label | None]) -> list[Remark]:
    """Lines that begin like a speaker's turn and were read as text."""
    message = _("this line may begin with a speaker's name; it was read as part of the turn before")
    return [
        Remark("speakers", message, index + 1)
        for index, candidate in enumerate(candidates)
        if candidate and candidate.kind is Kind.NAME and labels[index] is None and any(labels[:index])
    ][:_MOST_DOUBTS]


def _about_the_interviewer(text: str, turns: list[Turn]) -> Remark:
    """That nobody was taken for the interviewer, and who may be it."""
    asked = Counter(turn.speaker for turn in turns if turn.speaker and turn.speech.of(text).rstrip().endswith("?"))
    if asked:
        name, questions = asked.most_common(1)[0]
        said = sum(turn.speaker == name for turn in turns)
        if questions >= 2 and questions * 3 > asked.total() * 2 and questions * 2 >= said:
            line = 1 + text.count("\n", 0, next(turn for turn in turns if turn.speaker == name).span.start)
            message = _("no label says who the interviewer is; the speaker of this line asks most of the questions")
            return Remark("interviewer", message, line)
    return Remark("interviewer", _("no label says who the interviewer is: everybody's speech is counted"))
