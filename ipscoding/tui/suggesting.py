"""What the screens say of suggestions; the engine itself is `ipscoding.suggest`."""

from ipscoding.domain import Transcript
from ipscoding.i18n import _, quoted
from ipscoding.suggest import Reasons, Suggestion
from ipscoding.suggest.of_project import engine_name as engine_name

_WORDS = 4
_PHRASE = 90


def key_of(suggestion: Suggestion) -> str:
    """What tells a suggestion from the others of its transcript."""
    return f"{suggestion.span.start}-{suggestion.span.end} {suggestion.code}"


def band_name(suggestion: Suggestion) -> str:
    """How sure a suggestion is, in a word."""
    return {"strong": _("strong"), "medium": _("medium"), "weak": _("weak")}[suggestion.band]


def reasons_text(reasons: Reasons, transcript: Transcript) -> str:
    """Why something was suggested, in one line that can be checked."""
    parts = []
    words = list(dict.fromkeys(word.span.of(transcript.text).lower() for word in reasons.words))[:_WORDS]
    if words:
        parts.append(_("for {words}").format(words=", ".join(words)))
    if reasons.rule:
        parts.append(
            {
                "label": _("as in the code's name"),
                "definition": _("as in its definition"),
                "include_when": _("as in {rule}").format(rule=quoted(_("Use when"))),
                "example": _("as in its examples"),
            }[reasons.rule]
        )
    if reasons.phrases:
        phrase = reasons.phrases[0]
        parts.append(
            _("like {phrase}").format(phrase=quoted(phrase if len(phrase) <= _PHRASE else phrase[:_PHRASE] + "…"))
        )
    return " · ".join(parts)
