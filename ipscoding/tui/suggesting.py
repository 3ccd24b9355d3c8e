"""What the screens say of suggestions; the engine itself is `ipscoding.suggest`."""

from collections.abc import Iterable

from ipscoding.domain import Transcript
from ipscoding.i18n import _, percent, quoted
from ipscoding.suggest import Reasons, Suggestion
from ipscoding.suggest.suggestion import WordReason

_WORDS = 4
_PHRASE = 90


def key_of(suggestion: Suggestion) -> str:
    """What tells a suggestion from the others of its transcript."""
    return f"{suggestion.span.start}-{suggestion.span.end} {suggestion.code}"


ENOUGH = 50
"""From so many codings on that an engine has learnt from, its scores can be given as numbers."""


def sureness(suggestion: Suggestion, learnt_from: int) -> str:
    """How sure a suggestion is: in a word, or as per cent where the engine has learnt from enough codings."""
    if learnt_from >= ENOUGH:
        return percent(suggestion.score, whole=True)
    return {"strong": _("strong"), "medium": _("medium"), "weak": _("weak")}[suggestion.band]


def reasons_text(reasons: Reasons, transcript: Transcript) -> str:
    """Why something was suggested, in one line that can be checked; the nearest excerpt of the team comes first."""
    parts = []
    words = _words_of(reasons.words, transcript)
    if words:
        parts.append(_("for {words}").format(words=words))
    if reasons.excerpts:
        one = reasons.excerpts[0]
        parts.append(_("coded so in {document}: {text}").format(document=one.document, text=quoted(_short(one.text))))
    if reasons.rule:
        parts.append(
            {
                "label": _("as in the code's name"),
                "definition": _("as in its definition"),
                "include_when": _("as in {rule}").format(rule=quoted(_("Use when"))),
                "example": _("as in its examples"),
            }[reasons.rule]
        )
    if reasons.context:
        parts.append(_("said around it: {words}").format(words=_words_of(reasons.context, transcript)))
    if reasons.cues:
        parts.append(_("direction for {words}").format(words=_words_of(reasons.cues, transcript)))
    if reasons.phrases and not reasons.excerpts:
        parts.append(_("like {phrase}").format(phrase=quoted(_short(reasons.phrases[0]))))
    return " · ".join(parts)


def _words_of(words: Iterable[WordReason], transcript: Transcript) -> str:
    return ", ".join(list(dict.fromkeys(word.span.of(transcript.text).lower() for word in words))[:_WORDS])


def _short(text: str) -> str:
    text = " ".join(text.split())
    return text if len(text) <= _PHRASE else text[:_PHRASE].rsplit(" ", 1)[0] + " …"
