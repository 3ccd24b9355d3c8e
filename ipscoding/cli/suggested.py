"""Suggestions and their evaluation as tables."""

from collections.abc import Iterable, Sequence

from ipscoding.analysis.table import Column, Row, Table
from ipscoding.domain import Codebook, Document, Transcript
from ipscoding.i18n import _, language, quoted
from ipscoding.suggest.ledger import Line
from ipscoding.suggest.suggestion import Reasons, Suggestion

Found = tuple[Document, Transcript, Suggestion, Reasons]


def suggestions_table(found: Iterable[Found], codebook: Codebook, *, reasons: bool) -> Table:
    """A row for each suggestion: where, which code, how sure, the words that counted, and the sentence."""
    bands = {"weak": _("weak"), "medium": _("medium"), "strong": _("strong")}
    rules = {
        "label": _("label"),
        "definition": _("definition"),
        "include_when": _("use when"),
        "example": _("example"),
    }
    columns = [
        Column("document", "text", _("Interview")),
        Column("turn", "int", _("Turn")),
        Column("sentence", "int", _("No.")),
        Column("start", "int", _("Start"), detail=True),
        Column("end", "int", _("End"), detail=True),
        Column("code", "text", _("Code")),
        Column("code_label", "text", _("Label"), detail=True),
        Column("valence", "text", _("Direction")),
        Column("band", "text", _("How sure")),
        Column("score", "number", _("Score"), detail=True),
        Column("words", "text", _("Words that counted")),
        *([Column("rule", "text", _("Codebook")), Column("phrases", "text", _("Nearest phrases"))] if reasons else []),
        Column("text", "text", _("Sentence"), detail=reasons),
    ]
    rows: list[Row] = []
    for document, transcript, suggestion, why in found:
        turn = transcript.turn_at(suggestion.span.start)
        rows.append(
            {
                "document": document.name,
                "turn": turn.number if turn else 0,
                "sentence": suggestion.sentence + 1,
                "start": suggestion.span.start,
                "end": suggestion.span.end,
                "code": suggestion.code,
                "code_label": codebook.by_id[suggestion.code].name(language()),
                "valence": str(suggestion.valence),
                "band": bands[suggestion.band],
                "score": round(suggestion.score, 4),
                "words": ", ".join(reason.span.of(transcript.text) for reason in why.words),
                "rule": rules[why.rule] if why.rule else "",
                "phrases": " / ".join(quoted(phrase) for phrase in why.phrases),
                "text": suggestion.span.of(transcript.text),
            }
        )
    notes = [
        _("A score is an estimate on invented phrases, not a promise; the direction is a hint."),
    ]
    return Table(columns, rows, notes if rows else [_("Nothing to suggest.")])


def ledger_table(lines: Sequence[Line], *, words: bool = True) -> Table:
    """A row for each line of the ledger, with the precision; `words` for people, else ids for programs."""
    groups = {
        "all": _("all"),
        "code": _("code"),
        "week": _("week"),
        "decisions": _("decisions"),
        "engine": _("engine"),
        "coder": _("coder"),
    }
    columns = [
        Column("by", "text", _("By")),
        Column("value", "text", _("Which")),
        Column("shown", "int", _("Shown")),
        Column("decided", "int", _("Decided")),
        Column("accepted", "int", _("Accepted")),
        Column("changed", "int", _("Another code")),
        Column("rejected", "int", _("Rejected")),
        Column("precision", "share", _("Precision")),
        Column("by_hand", "int", _("By hand")),
        Column("left", "int", _("Left alone")),
    ]
    rows: list[Row] = [
        {
            "by": groups[line.by] if words else line.by,
            "value": line.value,
            "shown": line.shown,
            "decided": line.decided,
            "accepted": line.accepted,
            "changed": line.changed,
            "rejected": line.rejected,
            "precision": None if line.precision is None else round(line.precision, 4),
            "by_hand": line.by_hand,
            "left": line.left,
        }
        for line in lines
    ]
    notes = [
        _("Precision: accepted as they were, out of those decided on. A decision that was undone is none."),
        _("By hand: not decided on, but coded so by the same coder. Left alone: neither; these are in no precision."),
    ]
    return Table(columns, rows, notes if any(line.shown for line in lines) else [_("No suggestion was shown yet.")])
