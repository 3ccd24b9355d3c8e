"""The content store: texts by their hash, with turns, sentences and the full-text index. Never edited in place."""

import hashlib

from ipscoding.domain import Moment, Span, Transcript, Turn
from ipscoding.project.store import Project


def fingerprint(text: str) -> str:
    """The SHA-256 of a normalised text, by which documents are recognised across projects."""
    return hashlib.sha256(text.encode("utf-8")).hexdigest()


def keep_text(project: Project, transcript: Transcript) -> str:
    """Put a transcript into the store (once) and give its hash; part of the act under way.

    A text that is there already stays as it is, but gets times where it had none. One that no interview has (any
    more) is kept anew: who speaks in it may be told apart better now.
    """
    sha256 = fingerprint(transcript.text)
    if not project.value("SELECT 1 FROM texts WHERE sha256 = ?", (sha256,)):
        project.execute(
            "INSERT INTO texts (sha256, text, words) VALUES (?, ?, ?)",
            (sha256, transcript.text, transcript.informant_words),
        )
    elif project.value(_IN_USE, {"text": sha256}):
        if not project.value("SELECT 1 FROM times WHERE text = ?", (sha256,)):
            _keep_times(project, sha256, transcript)
        return sha256
    else:
        _forget_parts(project, sha256)
        project.execute("UPDATE texts SET words = ? WHERE sha256 = ?", (transcript.informant_words, sha256))
    project.db.conn.executemany(
        "INSERT INTO turns (text, number, speaker, start, speech, end, interviewer) VALUES (?, ?, ?, ?, ?, ?, ?)",
        (
            (sha256, t.number, t.speaker, t.span.start, t.speech.start, t.span.end, int(t.interviewer))
            for t in transcript.turns
        ),
    )
    project.db.conn.executemany(
        "INSERT INTO sentences (text, number, start, end) VALUES (?, ?, ?, ?)",
        ((sha256, number, s.start, s.end) for number, s in enumerate(transcript.sentences, start=1)),
    )
    _keep_times(project, sha256, transcript)
    # the words are cut here: SQLite would walk through the whole text for each turn
    project.db.conn.executemany(
        "INSERT INTO speech_index (rowid, speech) VALUES (?, ?)",
        [
            (row, transcript.text[speech:end])
            for row, speech, end in project.tuples("SELECT id, speech, end FROM turns WHERE text = ?", (sha256,))
        ],
    )
    return sha256


_IN_USE = (
    "SELECT EXISTS (SELECT 1 FROM documents WHERE text = :text)"
    " OR EXISTS (SELECT 1 FROM made_codings WHERE on_text = :text)"
)


def _forget_parts(project: Project, sha256: str) -> None:
    """Take away turns, sentences and times of a text, and its speech from the full-text index."""
    project.execute(
        "INSERT INTO speech_index (speech_index, rowid, speech) SELECT 'delete', id, speech FROM spoken WHERE id IN"
        " (SELECT id FROM turns WHERE text = ?)",
        (sha256,),
    )
    for table in ("turns", "sentences", "times"):
        project.execute(f"DELETE FROM {table} WHERE text = ?", (sha256,))


def _keep_times(project: Project, sha256: str, transcript: Transcript) -> None:
    project.db.conn.executemany(
        "INSERT INTO times (text, offset, seconds) VALUES (?, ?, ?)",
        ((sha256, moment.offset, moment.seconds) for moment in transcript.times),
    )


def read_text(project: Project, sha256: str) -> Transcript:
    """The transcript with this hash, with turns, sentences and times. Raises `KeyError` where it is not there."""
    text = project.value("SELECT text FROM texts WHERE sha256 = ?", (sha256,))
    if text is None:
        raise KeyError(sha256)
    turns = tuple(
        Turn(number, speaker, Span(start, end), Span(speech, end), bool(interviewer))
        for number, speaker, start, speech, end, interviewer in project.tuples(
            "SELECT number, speaker, start, speech, end, interviewer FROM turns WHERE text = ? ORDER BY number",
            (sha256,),
        )
    )
    sentences = tuple(
        Span(start, end)
        for start, end in project.tuples("SELECT start, end FROM sentences WHERE text = ? ORDER BY number", (sha256,))
    )
    times = tuple(
        Moment(offset, seconds)
        for offset, seconds in project.tuples(
            "SELECT offset, seconds FROM times WHERE text = ? ORDER BY offset", (sha256,)
        )
    )
    return Transcript(str(text), turns, sentences, times)
