"""What the trained model made of a text, kept in the project: a text is analysed once by a version of a model."""

import zlib
from typing import TYPE_CHECKING

from ipscoding.domain import Span, Transcript
from ipscoding.language import model
from ipscoding.project import documents
from ipscoding.project.store import Project
from ipscoding.transcripts.segments import with_sentences

if TYPE_CHECKING:
    from spacy.tokens import Doc

_KEPT = ("LEMMA", "POS", "SENT_START", "ENT_IOB", "ENT_TYPE")


def of_document(project: Project, document_id: str) -> "list[Doc]":
    """The analysis of what is said in each turn of a document, in order, as spaCy documents.

    They come from the project where this version of the model has been through the text before; otherwise they are
    made now (seconds for an interview) and kept, unless the project cannot be written.
    Raises `NotFound` where no model is installed or no document has this id, `FileProblem` where it cannot be loaded.
    """
    nlp = model.load()
    pipeline = f"{model.NAME} {nlp.meta['version']}"
    transcript = documents.transcript(project, document_id)
    sha256 = project.value("SELECT text FROM documents WHERE id = ?", (document_id,))
    kept = _kept(project, sha256, pipeline)
    if kept is not None:
        found = _unpacked(kept, transcript)
        if found is not None:
            return found
    made = list(nlp.pipe(turn.speech.of(transcript.text) for turn in transcript.turns))
    _keep(project, sha256, pipeline, made)
    return made


def with_model_sentences(project: Project, document_id: str) -> Transcript:
    """The transcript of a document with the sentences that the trained model finds; raises what `of_document` does."""
    transcript = documents.transcript(project, document_id)
    analysed = iter(of_document(project, document_id))
    return with_sentences(transcript, lambda _speech: _sentences(next(analysed)))


def _sentences(doc: "Doc") -> list[Span]:
    found = []
    for sentence in doc.sents:
        said = sentence.text
        start = sentence.start_char + len(said) - len(said.lstrip())
        if said.strip():
            found.append(Span(start, start + len(said.strip())))
    return found


def _kept(project: Project, sha256: str, pipeline: str) -> bytes | None:
    if not project.value("SELECT 1 FROM sqlite_master WHERE name = 'analyses'"):
        return None  # a file of an older version that can only be read
    found = project.value("SELECT data FROM analyses WHERE text = ? AND pipeline = ?", (sha256, pipeline))
    return None if found is None else bytes(found)


def _keep(project: Project, sha256: str, pipeline: str, docs: "list[Doc]") -> None:
    from spacy.tokens import DocBin

    if project.read_only:
        return
    packed = DocBin(attrs=_KEPT, docs=docs).to_bytes()
    with project.writing():
        project.execute("INSERT OR REPLACE INTO analyses VALUES (?, ?, ?)", (sha256, pipeline, packed))


def _unpacked(data: bytes, transcript: Transcript) -> "list[Doc] | None":
    """The analysis again; None where it cannot be read or is not of this transcript's turns."""
    from spacy.tokens import DocBin

    try:
        docs = list(DocBin().from_bytes(data).get_docs(model.load().vocab))
    except (ValueError, KeyError, TypeError, OSError, zlib.error):
        return None
    spoken = [turn.speech.of(transcript.text) for turn in transcript.turns]
    return docs if [doc.text for doc in docs] == spoken else None
