"""Suggestions for a project: an engine taught from its codebook, what is open for a coder, how good it was."""

from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass
from typing import Any

from ipscoding.domain import CONSENSUS, Coding, Document, Span, Transcript
from ipscoding.project import Project, analyses, codebooks, codings, decisions, documents, settings, shown
from ipscoding.project.decisions import Decision
from ipscoding.suggest.engine import Engine, build
from ipscoding.suggest.examples import Coded, Judged, Rejected
from ipscoding.suggest.one_core import one_core
from ipscoding.suggest.stop import Flag, Progress
from ipscoding.suggest.suggestion import Suggestion


def engine_name() -> str:
    """What the ledger calls the engine: the same wherever the same input is learnt in the same way."""
    from ipscoding.suggest.cache import ENGINE_VERSION

    return f"ipscoding-{ENGINE_VERSION}"


def engine_of(project: Project, *, progress: Progress | None = None, cancel: Flag | None = None) -> Engine:
    """The engine for the project's codebook and phrase bank, taught by the codings and rejections in the project.

    In blind mode it learns from this coder's own only. The same state of the project gives the same engine.
    See `ipscoding.suggest.build`, also for what it raises.
    """
    codebook, phrases = codebooks.load(project), codebooks.phrases(project)
    taught = coded_interviews(project, teachers(project))
    with one_core():
        return build(codebook, phrases, taught, progress=progress, cancel=cancel)


def taught_again(project: Project, engine: Engine, *, cancel: Flag | None = None) -> Engine | None:
    """What `engine_of` would give now, sooner, as `engine` has read the interviews; None: the codebook is another.

    Raises:
        Cancelled: `cancel` was set.
    """
    if codebooks.load(project) != engine.codebook or codebooks.phrases(project) != list(engine.phrases):
        return None
    with one_core():
        return engine.learn(coded_interviews(project, teachers(project)), cancel=cancel)


def teachers(project: Project) -> set[str]:
    """Whose codings and rejections this coder's engine may learn from; empty: everybody's."""
    return {project.coder} if settings.get(project, "blind", False) else set()


# Learning again costs seconds of a processor, so it must be worth it: a tenth more, and never less than ten.
_LEAST = 10
_SHARE = 0.1


@dataclass(frozen=True, slots=True)
class Lesson:
    """What an engine could learn from: how many codings and rejections, up to which place in the journal."""

    size: int
    until: int


def lesson(project: Project) -> Lesson:
    """What an engine of this coder would learn from now; read before learning, and kept to ask `outgrown` later."""
    until = int(project.value("SELECT coalesce(max(seq), 0) FROM events"))
    own, coder = _only(project)
    size = project.value(
        f"SELECT (SELECT count(*) FROM codings WHERE {own}) + (SELECT count(*) FROM decisions WHERE"
        f" decision = 'rejected' AND {own})",
        {"coder": coder},
    )
    return Lesson(int(size), until)


def outgrown(project: Project, learnt: Lesson) -> bool:
    """Whether enough codings and rejections were made, changed or taken away since `learnt` to learn again.

    Enough are ten, and a tenth of what was learnt from where that is more. Cheap: it reads the end of the journal.
    """
    own, coder = _only(project)
    touched = project.value(
        "SELECT count(DISTINCT entity_id) FROM events WHERE seq > :seen AND (entity = 'coding' OR (entity = 'decision'"
        " AND coalesce(json_extract(changes, '$.coding[1]'), json_extract(changes, '$.coding[0]')) IS NULL))"
        f" AND {own}",
        {"seen": learnt.until, "coder": coder},
    )
    return int(touched) >= max(_LEAST, _SHARE * learnt.size)


def _only(project: Project) -> tuple[str, str | None]:
    """The condition on a table's column `coder`, and the coder's id for it."""
    if teachers(project):
        return "coder = :coder", project.coder_id()
    return ":coder IS NULL", None


def note_shown(project: Project, document_id: str, suggestions: Iterable[Suggestion]) -> int:
    """Note in the ledger that this coder was shown `suggestions` of a document; gives how many were new."""
    seen = [(suggestion.span, suggestion.code, suggestion.score) for suggestion in suggestions]
    return shown.note(project, document_id, seen, engine=engine_name()) if seen else 0


def norm_of_document(document: Document) -> str | None:
    """The norm that a document says it is written in: `nb` or `nn`; None: every speaker's is found from the speech."""
    return document.language if document.language in ("nb", "nn") else None


def suggest_for(engine: Engine, document: Document, transcript: Transcript, **options: Any) -> list[Suggestion]:
    """The engine's suggestions for a document of a project, with what is known of its norm and its informant's role.

    `options`, and what is raised, as in `Engine.suggest`.
    """
    return engine.suggest(transcript, norm=norm_of_document(document), role=document.role, **options)


def is_blind(project: Project, document_id: str) -> bool:
    """Whether suggestions are hidden from this coder here: blind mode is on and the document is not marked done."""
    done = documents.statuses(project).get((document_id, project.coder)) == "done"
    return bool(settings.get(project, "blind", False)) and not done


def still_open(
    suggestions: Iterable[Suggestion], made: Iterable[Coding], decided: Iterable[Decision], coder: str
) -> list[Suggestion]:
    """The suggestions that `coder` has neither decided on nor coded already, by place, the best of a place first.

    A suggestion is settled where it overlaps a passage that was decided on or coded with the same code: what the engine
    learns moves where a suggestion begins and ends, and nobody wants to turn the same one down twice.
    """
    settled: dict[str, list[Span]] = {}
    acts: list[Coding | Decision] = [*made, *decided]
    for done in acts:
        if done.coder == coder:
            settled.setdefault(done.code, []).append(done.span)
    left = [
        suggestion
        for suggestion in suggestions
        if not any(span.overlaps(suggestion.span) for span in settled.get(suggestion.code, ()))
    ]
    return sorted(left, key=lambda suggestion: (suggestion.span, -suggestion.score))


def open_suggestions(project: Project, suggestions: Sequence[Suggestion], document_id: str) -> list[Suggestion]:
    """Those of a document's `suggestions` that this coder has still to decide on; none where the coder is blind."""
    if is_blind(project, document_id):
        return []
    made, decided = codings.of_document(project, document_id), decisions.of_document(project, document_id)
    return still_open(suggestions, made, decided, project.coder)


def coded_interviews(project: Project, coders: Collection[str] = (), *, with_model: bool = False) -> list[Coded]:
    """The project's interviews with the codings and rejections of `coders` (default: all), by name and place.

    A suggestion that its coder exchanged for another code counts as rejected, unless the same coder has given that
    code to the very passage after all. `with_model` takes the sentences that the trained model finds, not those
    that are kept with the text.

    Raises:
        NotFound: `with_model`, and no model is installed.
        FileProblem: `with_model`, and it cannot be loaded.
    """
    transcript = analyses.with_model_sentences if with_model else documents.transcript
    return [
        Coded(
            document.name,
            document.language,
            document.role,
            transcript(project, document.id),
            made := _made(project, document.id, coders),
            _refused(project, document.id, coders, made),
        )
        for document in documents.all(project)
    ]


def _made(project: Project, document_id: str, coders: Collection[str]) -> tuple[Judged, ...]:
    return tuple(
        Judged(coding.span, coding.code, coding.coder, coding.valence)
        for coding in codings.of_document(project, document_id)
        # what coders agreed on stands in their own codings already
        if (coding.coder in coders if coders else coding.coder != CONSENSUS)
    )


def _refused(
    project: Project, document_id: str, coders: Collection[str], made: Iterable[Judged]
) -> tuple[Rejected, ...]:
    given = {(judged.span, judged.code, judged.coder) for judged in made}
    return tuple(
        Rejected(decision.span, decision.code, decision.coder)
        for decision in decisions.of_document(project, document_id)
        if decision.decision in ("rejected", "changed")
        and (not coders or decision.coder in coders)
        and (decision.span, decision.code, decision.coder) not in given
    )
