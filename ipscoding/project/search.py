"""Search in what was said: words (full-text index), lemmas (any inflection, both norms), regular expressions."""

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass

from ipscoding.domain import Document, Span, Transcript
from ipscoding.errors import IpscodingError
from ipscoding.i18n import _
from ipscoding.project import documents
from ipscoding.project.patterns import Matcher
from ipscoding.project.store import Project

OnDocument = Callable[[int, int], None]
"""Told how many interviews were gone through, and of how many; what it raises ends the search."""


@dataclass(frozen=True)
class Hit:
    """One place where the query was found; the span is in the document's text (code points, end exclusive)."""

    document: Document
    turn: int
    speaker: str
    interviewer: bool
    span: Span
    before: str
    text: str
    after: str


def words(project: Project, query: str, *, context: int = 40, on_document: OnDocument | None = None) -> Iterator[Hit]:
    """Places where the words of `query` stand one after the other; a `*` at the end of a word stands for any ending.

    Upper and lower case are one; æ, ø and å are letters of their own.
    Raises `IpscodingError` for a query without words.
    """
    parts = [(word.rstrip("*"), word.endswith("*")) for word in re.findall(r"\w+\*?", query)]
    if not parts:
        raise _empty()
    phrase = " ".join(word for word, _open in parts)
    match = f'"{phrase}"' + ("*" if parts[-1][1] else "")
    if any(is_open for _word, is_open in parts[:-1]):
        # the index knows open endings only at the end of a phrase: find turns with all words, then look closely
        match = " AND ".join(f'"{word}"' + ("*" if is_open else "") for word, is_open in parts)
    pattern = re.compile(
        r"\W+".join(rf"\b{re.escape(word)}" + (r"\w*" if is_open else r"\b") for word, is_open in parts), re.IGNORECASE
    )
    rows = project.rows(
        "SELECT d.id AS document, turns.number FROM speech_index JOIN turns ON turns.id = speech_index.rowid"
        " JOIN documents d ON d.text = turns.text WHERE speech_index MATCH ? ORDER BY d.name, turns.number",
        (match,),
    )
    turns: dict[str, set[int]] = {}
    for row in rows:
        turns.setdefault(row["document"], set()).add(row["number"])
    for document in _all(project, on_document):
        if document.id in turns:
            transcript = documents.transcript(project, document.id)
            yield from _matching(document, transcript, pattern, context, turns[document.id])


def regex(project: Project, pattern: str, *, context: int = 40, on_document: OnDocument | None = None) -> Iterator[Hit]:
    """Places that match a regular expression (Python's `re`, upper and lower case are one).

    Raises `IpscodingError` for an expression that is empty or cannot be read.
    """
    compiled = _compiled(pattern)
    for document in _all(project, on_document):
        yield from _matching(document, documents.transcript(project, document.id), compiled, context)


def _compiled(pattern: str) -> re.Pattern[str]:
    if not pattern:
        raise _empty()
    try:
        return re.compile(pattern, re.IGNORECASE)
    except re.error as error:
        raise IpscodingError(
            _("The expression cannot be read: {reason} (character {place})").format(
                reason=error.msg, place=(error.pos or 0) + 1
            ),
            _("Put a backslash before characters that stand for themselves"),
        ) from error
    except (OverflowError, RecursionError) as error:
        raise IpscodingError(
            _("The expression is too large"), _("Make it shorter, or the numbers in it smaller")
        ) from error


def regex_apart(
    project: Project, pattern: str, *, context: int = 40, on_document: OnDocument | None = None
) -> Iterator[Hit]:
    """`regex` in a process of its own: other threads go on meanwhile, and `on_document` is called all the time.

    Raises `IpscodingError` too for an expression that takes longer than ten seconds in one interview.
    """
    _compiled(pattern)
    place = (0, 0)

    def still_here(number: int, of: int) -> None:
        nonlocal place
        place = number, of
        if on_document is not None:
            on_document(number, of)

    with Matcher(pattern) as matcher:
        for document in _all(project, still_here):
            transcript = documents.transcript(project, document.id)
            speech = [turn.speech for turn in transcript.turns]
            for span in matcher.find(transcript.text, speech, lambda: still_here(*place)):
                yield _hit(document, transcript, span, context)


def _all(project: Project, on_document: OnDocument | None) -> Iterator[Document]:
    found = documents.all(project)
    for number, document in enumerate(found):
        if on_document is not None:
            on_document(number, len(found))
        yield document


def _matching(
    document: Document, transcript: Transcript, pattern: re.Pattern[str], context: int, only: set[int] | None = None
) -> Iterator[Hit]:
    for turn in transcript.turns:
        if only is not None and turn.number not in only:
            continue
        for match in pattern.finditer(transcript.text, turn.speech.start, turn.speech.end):
            if match.end() > match.start():
                yield _hit(document, transcript, Span(*match.span()), context)


def lemmas(project: Project, query: str, *, context: int = 40, on_document: OnDocument | None = None) -> Iterator[Hit]:
    """Places where words with the same lemmas as those of `query` stand one after the other, in either norm.

    `arbeidsgiver` finds *arbeidsgiverne* and *arbeidsgjevarane*. Raises `IpscodingError` for a query without words.
    """
    from ipscoding.language.bridge import key
    from ipscoding.language.keys import tokens
    from ipscoding.language.norm import norm_of

    wanted = [{key(token.text, "nb"), key(token.text, "nn")} for token in tokens(query)]
    if not wanted:
        raise _empty()
    for document in _all(project, on_document):
        transcript = documents.transcript(project, document.id)
        norm = norm_of(transcript.text)
        for turn in transcript.turns:
            said = tokens(turn.speech.of(transcript.text))
            keys = [key(token.text, norm) for token in said]
            for first in range(len(keys) - len(wanted) + 1):
                if all(keys[first + n] in choices for n, choices in enumerate(wanted)):
                    span = Span(
                        turn.speech.start + said[first].span.start,
                        turn.speech.start + said[first + len(wanted) - 1].span.end,
                    )
                    yield _hit(document, transcript, span, context)


def _hit(document: Document, transcript: Transcript, span: Span, context: int) -> Hit:
    turn = transcript.turn_at(span.start)
    assert turn is not None  # a hit lies in a turn
    text = transcript.text
    return Hit(
        document,
        turn.number,
        turn.speaker,
        turn.interviewer,
        span,
        _last_words(text[turn.speech.start : span.start], context).replace("\n", " "),
        span.of(text).replace("\n", " "),
        _first_words(text[span.end : turn.speech.end], context).replace("\n", " "),
    )


def _first_words(text: str, most: int) -> str:
    """As many whole words from the beginning of `text` as go into `most` characters."""
    cut = text[:most]
    whole = cut == text or text[most].isspace() or " " not in cut
    return cut if whole else cut[: cut.rindex(" ")]


def _last_words(text: str, most: int) -> str:
    """As many whole words from the end of `text` as go into `most` characters."""
    cut = text[-most:] if most else ""
    whole = cut == text or text[len(text) - len(cut) - 1].isspace() or " " not in cut
    return cut if whole else cut[cut.index(" ") + 1 :]


def _empty() -> IpscodingError:
    return IpscodingError(_("There is no word to search for"), _("Give one word or several"))
