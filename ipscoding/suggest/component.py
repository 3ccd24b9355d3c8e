"""The engine as a component of a spaCy pipeline: `nlp.add_pipe("ipscoding_codes")`.

It writes overlapping spans to `doc.spans["codes"]`, as spaCy's own span categorizer does: the label of a span is the
code's id, `doc.spans["codes"].attrs["scores"]` holds each span's score from 0 to 1, `attrs["valences"]` its direction.
spaCy finds the component by the package's entry point; nothing here is imported before.
"""

import json
import tempfile
import warnings
from collections.abc import Iterable, Sequence
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any

import numpy as np
from spacy.language import Language
from spacy.scorer import Scorer
from spacy.tokens import Doc, SpanGroup
from spacy.training import Example

from ipscoding.codebook import catalogue
from ipscoding.codebook import write as codebook_file
from ipscoding.codebook.phrases import Phrase, read_phrases
from ipscoding.codebook.read import read as read_codebook
from ipscoding.domain import Codebook, Span, Transcript, Valence
from ipscoding.i18n import _
from ipscoding.language.sentences import split_sentences
from ipscoding.suggest.engine import Engine, build
from ipscoding.suggest.suggestion import THRESHOLD
from ipscoding.transcripts.speakers import find_turns

NAME = "ipscoding_codes"
DEFAULTS: dict[str, Any] = {
    "project": None,
    "codebook": None,
    "threshold": None,
    "per_sentence": 3,
    "norm": None,
    "spans_key": "codes",
}

_CODEBOOK, _PHRASES, _SETTINGS = "codebook.yaml", "phrases.json", "settings.json"


@dataclass
class Settings:
    """What a pipeline's configuration says; see `make`."""

    project: str | None = None
    codebook: str | None = None
    threshold: float | None = None
    per_sentence: int = 3
    norm: str | None = None
    spans_key: str = "codes"


@Language.factory(
    NAME,
    assigns=["doc.spans"],
    default_config=DEFAULTS,
    default_score_weights={"spans_codes_f": 1.0, "spans_codes_p": 0.0, "spans_codes_r": 0.0},
)
def make(
    nlp: Language,
    name: str,
    project: str | None,
    codebook: str | None,
    threshold: float | None,
    per_sentence: int,
    norm: str | None,
    spans_key: str,
) -> "CodeSuggester":
    """The component; it learns, or reads what was learnt, when it sees its first document.

    Args:
        nlp: the pipeline.
        name: the component's name in it.
        project: path of a project, whose codebook and codings teach the engine; None: `codebook` and its phrase bank.
        codebook: path of a codebook, or the id of one that ships; None: the default codebook.
        threshold: the least score, from 0 to 1; None: the one from which the program speaks.
        per_sentence: at most so many codes for a sentence.
        norm: `nb` or `nn`; None: found for each speaker.
        spans_key: under which key the spans are written.
    """
    return CodeSuggester(Settings(project, codebook, threshold, per_sentence, norm, spans_key))


class CodeSuggester:
    """Suggests codes for the sentences of a document.

    Sentences are the document's own where it has some, else found by our rules. A document whose lines begin with
    speakers is read as an interview: the interviewer's turns get no spans.
    """

    def __init__(self, settings: Settings) -> None:
        self.settings = settings
        self._carried: tuple[Codebook, Sequence[Phrase]] | None = None
        self._engine: Engine | None = None

    @property
    def engine(self) -> Engine:
        """The engine, made when it is first asked for."""
        if self._engine is None:
            self._engine = self._made()
        return self._engine

    @property
    def labels(self) -> tuple[str, ...]:
        """The ids of the codes that can be suggested; empty as long as the codebook has not been read."""
        known = self._engine.codebook if self._engine is not None else self._carried[0] if self._carried else None
        return tuple(code.id for code in known.active()) if known is not None else ()

    def __call__(self, doc: Doc) -> Doc:
        """Write the suggestions for `doc` to its spans."""
        settings = self.settings
        found = self.engine.suggest(
            transcript_of(doc),
            norm=settings.norm,
            per_sentence=settings.per_sentence,
            threshold=THRESHOLD if settings.threshold is None else settings.threshold,
        )
        group = SpanGroup(doc, name=settings.spans_key)
        scores, valences = [], []
        for suggestion in found:
            start, end = suggestion.span.start, suggestion.span.end
            span = doc.char_span(start, end, label=suggestion.code, alignment_mode="expand")
            if span is not None:
                group.append(span)
                scores.append(suggestion.score)
                valences.append(str(suggestion.valence))
        group.attrs["scores"] = np.array(scores, np.float32)
        group.attrs["valences"] = valences
        doc.spans[settings.spans_key] = group
        return doc

    def score(self, examples: Iterable[Example], **options: Any) -> dict[str, Any]:
        """Precision, recall and F of the spans against those of reference documents, as for the span categorizer."""
        key = self.settings.spans_key
        return Scorer.score_spans(
            examples,
            attr=f"spans_{key}",
            getter=lambda doc, _attr: doc.spans.get(key, []),
            has_annotation=lambda doc: key in doc.spans,
            allow_overlap=True,
            **options,
        )

    def to_disk(self, path: str | Path, *, exclude: Iterable[str] = ()) -> None:
        """Write settings, codebook and phrase bank to the folder `path`, and nothing of a project's interviews."""
        folder = Path(path)
        folder.mkdir(parents=True, exist_ok=True)
        codebook, phrases = self._carried or _sources(self.settings)
        (folder / _SETTINGS).write_text(json.dumps(asdict(self.settings)), encoding="utf-8")
        (folder / _CODEBOOK).write_text(codebook_file.text_of(codebook), encoding="utf-8")
        (folder / _PHRASES).write_text(
            json.dumps([[p.code, str(p.valence), p.norm, p.text] for p in phrases], ensure_ascii=False),
            encoding="utf-8",
        )

    def from_disk(self, path: str | Path, *, exclude: Iterable[str] = ()) -> "CodeSuggester":
        """Take settings, codebook and phrase bank from the folder `path`."""
        folder = Path(path)
        self.settings = Settings(**json.loads((folder / _SETTINGS).read_text(encoding="utf-8")))
        rows = json.loads((folder / _PHRASES).read_text(encoding="utf-8"))
        phrases = [Phrase(code, Valence(valence), norm, text) for code, valence, norm, text in rows]
        self._carried, self._engine = (read_codebook(folder / _CODEBOOK), phrases), None
        return self

    def to_bytes(self, *, exclude: Iterable[str] = ()) -> bytes:
        """What `to_disk` writes, in one piece."""
        with tempfile.TemporaryDirectory() as folder:
            self.to_disk(folder)
            return json.dumps(
                {file.name: file.read_text(encoding="utf-8") for file in sorted(Path(folder).iterdir())}
            ).encode()

    def from_bytes(self, data: bytes, *, exclude: Iterable[str] = ()) -> "CodeSuggester":
        """Take what `to_bytes` gave."""
        with tempfile.TemporaryDirectory() as folder:
            held = json.loads(data)
            for name in (_SETTINGS, _CODEBOOK, _PHRASES):
                (Path(folder) / name).write_text(held[name], encoding="utf-8")
            return self.from_disk(folder)

    def _made(self) -> Engine:
        project = self.settings.project
        if project is not None and (self._carried is None or Path(project).exists()):
            from ipscoding.project import open_project
            from ipscoding.suggest.of_project import engine_of

            with open_project(project) as opened:
                return engine_of(opened)
        if project is not None:
            what = _("{path}: there is no such project").format(path=project)
            warnings.warn(f"{what}. {_('Codes are suggested without its codings')}.", stacklevel=2)
        self._carried = self._carried or _sources(self.settings)
        return build(*self._carried)


def _sources(settings: Settings) -> tuple[Codebook, Sequence[Phrase]]:
    """Codebook and phrase bank that the settings name."""
    if settings.project is not None:
        from ipscoding.project import codebooks, open_project

        with open_project(settings.project) as opened:
            return codebooks.load(opened), codebooks.phrases(opened)
    path = catalogue.find(settings.codebook) if settings.codebook else catalogue.default_path()
    bank = catalogue.phrase_bank_for(path)
    return read_codebook(path), read_phrases(bank) if bank else []


def transcript_of(doc: Doc) -> Transcript:
    """A document as a transcript: turns by speakers at the head of lines, sentences its own or else by our rules."""
    turns = tuple(find_turns(doc.text).turns)
    if not doc.has_annotation("SENT_START"):
        sentences = [span for turn in turns for span in split_sentences(doc.text, turn.speech.start, turn.speech.end)]
        return Transcript(doc.text, turns, tuple(sentences))
    found = []
    own = [Span(sentence.start_char, sentence.end_char) for sentence in doc.sents]
    first = 0
    for turn in turns:
        # both are in order: what ends before this turn is not looked at again
        while first < len(own) and own[first].end <= turn.speech.start:
            first += 1
        for sentence in own[first:]:
            if sentence.start >= turn.speech.end:
                break
            found.append(_trimmed(doc.text, max(sentence.start, turn.speech.start), min(sentence.end, turn.speech.end)))
    return Transcript(doc.text, turns, tuple(span for span in found if len(span)))


def _trimmed(text: str, start: int, end: int) -> Span:
    said = text[start:end]
    start += len(said) - len(said.lstrip())
    return Span(start, start + len(said.strip()))
