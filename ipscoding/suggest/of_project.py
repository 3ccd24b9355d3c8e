"""Suggestions for a project: an engine taught from its codebook, what is open for a coder, how good it was."""

from collections.abc import Collection, Iterable, Sequence

from ipscoding.domain import Coding, Span
from ipscoding.project import Project, codebooks, codings, decisions, documents, settings
from ipscoding.project.decisions import Decision
from ipscoding.suggest.engine import Engine, build
from ipscoding.suggest.evaluate import Coded, Judged
from ipscoding.suggest.stop import Flag, Progress
from ipscoding.suggest.suggestion import Suggestion


def engine_of(project: Project, *, progress: Progress | None = None, cancel: Flag | None = None) -> Engine:
    """The engine for the project's codebook and phrase bank; see `ipscoding.suggest.build`."""
    return build(codebooks.load(project), codebooks.phrases(project), progress=progress, cancel=cancel)


def is_blind(project: Project, document_id: str) -> bool:
    """Whether suggestions are hidden from this coder here: blind mode is on and the document is not marked done."""
    done = documents.statuses(project).get((document_id, project.coder)) == "done"
    return bool(settings.get(project, "blind", False)) and not done


def still_open(
    suggestions: Iterable[Suggestion], made: Iterable[Coding], decided: Iterable[Decision], coder: str
) -> list[Suggestion]:
    """The suggestions that `coder` has neither decided on nor coded already, by place, the best of a place first."""
    settled = {(decision.span, decision.code) for decision in decided if decision.coder == coder}
    coded: dict[str, list[Span]] = {}
    for coding in made:
        if coding.coder == coder:
            coded.setdefault(coding.code, []).append(coding.span)
    left = [
        suggestion
        for suggestion in suggestions
        if (suggestion.span, suggestion.code) not in settled
        and not any(span.overlaps(suggestion.span) for span in coded.get(suggestion.code, ()))
    ]
    return sorted(left, key=lambda suggestion: (suggestion.span, -suggestion.score))


def open_suggestions(project: Project, suggestions: Sequence[Suggestion], document_id: str) -> list[Suggestion]:
    """Those of a document's `suggestions` that this coder has still to decide on; none where the coder is blind."""
    if is_blind(project, document_id):
        return []
    made, decided = codings.of_document(project, document_id), decisions.of_document(project, document_id)
    return still_open(suggestions, made, decided, project.coder)


def coded_interviews(project: Project, coders: Collection[str] = ()) -> list[Coded]:
    """The project's interviews with the codings of `coders` (default: all), as `evaluate` takes them."""
    return [
        Coded(
            document.name,
            document.language,
            document.role,
            documents.transcript(project, document.id),
            tuple(
                Judged(coding.span, coding.code, coding.coder, coding.valence)
                for coding in codings.of_document(project, document.id)
                if not coders or coding.coder in coders
            ),
        )
        for document in documents.all(project)
    ]
