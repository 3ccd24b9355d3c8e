"""The content store: texts by their hash, with turns, sentences and the full-text index. Never edited in place."""

import hashlib

from ipscoding.domain import Transcript
from ipscoding.project.store import Project


def fingerprint(text: str) -> str:
    """The SHA-256 of a normalised text, by which documents are recognised across projects."""
    return hashlib.sha256(text.encode("utf-8")).hexdigest()


def keep_text(project: Project, transcript: Transcript) -> str:
    """Put a transcript into the store (once) and give its hash; part of the act under way."""
    sha256 = fingerprint(transcript.text)
    if project.value("SELECT 1 FROM texts WHERE sha256 = ?", (sha256,)):
        return sha256
    project.execute(
        "INSERT INTO texts (sha256, text, words) VALUES (?, ?, ?)",
        (sha256, transcript.text, transcript.informant_words),
    )
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
    project.execute(
        "INSERT INTO speech_index (rowid, speech) SELECT id, speech FROM spoken WHERE id IN"
        " (SELECT id FROM turns WHERE text = ?)",
        (sha256,),
    )
    return sha256
