"""An interview as lines of text: turns, numbered sentences, and after each turn the codings in it."""

from collections.abc import Collection, Iterator
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from ipscoding.domain import Codebook, Coding, Document, Transcript, Turn, clock_time
from ipscoding.errors import NotFound
from ipscoding.i18n import _, language, ngettext, quoted

if TYPE_CHECKING:
    from ipscoding.project import Project
    from ipscoding.project.bookmarks import Bookmark
    from ipscoding.project.memos import Memo


@dataclass(frozen=True)
class Page:
    """What is shown of one interview: some of its turns, and the codings in them that the reader may see.

    `codings` hangs each coding on the number of the first shown turn it touches; `hidden` says that others' codings
    are left out because the project is coded blind and the reader is not done.
    """

    document: Document
    transcript: Transcript
    codebook: Codebook
    status: str
    turns: tuple[Turn, ...]
    codings: dict[int, list[Coding]] = field(default_factory=dict)
    bookmarks: dict[int, "list[Bookmark]"] = field(default_factory=dict)
    memos: "tuple[Memo, ...]" = ()
    notes: dict[int, "list[Memo]"] = field(default_factory=dict)
    hidden: bool = False


def page_of(
    project: "Project", name: str, *, coders: Collection[str] = (), from_turn: int | None, to_turn: int | None
) -> Page:
    """The page of an interview for who is coding in `project`. Raises `NotFound`."""
    from ipscoding.project import acts, blind, bookmarks, codebooks, codings, documents, memos

    document = documents.find(project, name)
    transcript = documents.transcript(project, document.id)
    turns = tuple(t for t in transcript.turns if (from_turn or 1) <= t.number <= (to_turn or len(transcript.turns)))
    if not turns:
        raise NotFound(
            _("{document} has no such turns").format(document=document.name),
            ngettext("It has {n} turn", "It has {n} turns", len(transcript.turns)).format(n=len(transcript.turns)),
        )
    hidden = blind.hidden_from(project, document.id)
    page = Page(
        document,
        transcript,
        codebooks.load(project),
        acts.status_name(documents.statuses(project).get((document.id, project.coder), "")),
        turns,
        memos=tuple(memo for memo in memos.of(project, document.id) if memo.coder not in hidden),
        hidden=bool(hidden),
    )
    for coding in codings.of_document(project, document.id):
        seen = coding.coder not in hidden
        turn = next((turn for turn in turns if turn.span.overlaps(coding.span)), None)
        if seen and turn is not None and (not coders or coding.coder in coders):
            page.codings.setdefault(turn.number, []).append(coding)
    for bookmark in bookmarks.all(project):
        turn = transcript.turn_at(bookmark.offset)
        if bookmark.document_id == document.id and turn is not None:
            page.bookmarks.setdefault(turn.number, []).append(bookmark)
    for memo in memos.on_passages(project, document.id):
        turn = transcript.turn_at(memo.start or 0)
        if memo.coder not in hidden and turn is not None:
            page.notes.setdefault(turn.number, []).append(memo)
    return page


def lines(page: Page, *, plain: bool, codings_only: bool) -> Iterator[str]:
    """The lines of a page. `plain`: words only, for a screen reader."""
    yield from _head(page)
    for turn in page.turns:
        found, places = page.codings.get(turn.number, []), page.bookmarks.get(turn.number, [])
        if codings_only and not found:
            continue
        yield ""
        yield _turn(turn, page.transcript.time_in(turn.span))
        if not codings_only:
            yield from _sentences(page, turn, plain=plain)
        for bookmark in places:
            at = _("Bookmark before sentence {n}.").format(n=(page.transcript.sentence_at(bookmark.offset) or 0) + 1)
            yield _indented(f"{at} {bookmark.note}".rstrip(), plain=plain)
        for memo in page.notes.get(turn.number, []):
            yield _indented(_note(page.transcript, memo), plain=plain)
        for coding in found:
            yield _indented(_coding(page, coding, plain=plain, words=codings_only), plain=plain)


def _head(page: Page) -> Iterator[str]:
    document, transcript = page.document, page.transcript
    about = [document.informant, document.role, document.date]
    yield ", ".join([document.name, *(part for part in about if part and part != document.name)])
    n = sum(len(found) for found in page.codings.values())
    yield _(
        "{turns} turns, {sentences} sentences; shown: turns {first} to {last}, {codings}. Status: {status}."
    ).format(
        turns=len(transcript.turns),
        sentences=len(transcript.sentences),
        first=page.turns[0].number,
        last=page.turns[-1].number,
        codings=ngettext("{n} coding", "{n} codings", n).format(n=n),
        status=page.status,
    )
    if page.hidden:
        yield _("Blind coding: others' codings are shown when you and they have marked the interview as done.")
    for memo in page.memos:
        yield _("Memo of {coder}: {text}").format(coder=memo.coder, text=_one_line(memo.text))


def _turn(turn: Turn, seconds: float | None) -> str:
    """The heading of a turn; with where the recording stands, where that is known."""
    if not turn.speaker:
        heading = _("Turn {n}").format(n=turn.number)
    else:
        speaker = _("{speaker} (interviewer)").format(speaker=turn.speaker) if turn.interviewer else turn.speaker
        heading = _("Turn {n}, {speaker}").format(n=turn.number, speaker=speaker)
    return heading if seconds is None else f"{heading}, {clock_time(seconds)}"


def _note(transcript: Transcript, memo: "Memo") -> str:
    """A memo on a passage, with its words."""
    words = transcript.text[memo.start or 0 : memo.end]
    said = _("Memo of {coder} on {words}: {text}").format(
        coder=memo.coder, words=_quoted(words), text=_one_line(memo.text)
    )
    return said if memo.origin is None else f"{said} ({memo.origin})"


def _sentences(page: Page, turn: Turn, *, plain: bool) -> Iterator[str]:
    transcript, at = page.transcript, turn.speech.start
    for index in transcript.sentences_in(turn.speech):
        span = transcript.sentences[index]
        between = _one_line(transcript.text[at : span.start])
        if between:
            yield _indented(between, plain=plain)
        text = _one_line(span.of(transcript.text))
        number = _("Sentence {n}:").format(n=index + 1) if plain else f"{index + 1:>5} "
        yield f"{number} {text}"
        at = span.end
    rest = _one_line(transcript.text[at : turn.speech.end])
    if rest:
        yield _indented(rest, plain=plain)


def _coding(page: Page, coding: Coding, *, plain: bool, words: bool) -> str:
    """A coding in words; which words of the interview it covers where these are not whole sentences."""
    from ipscoding.tui.words import origin_name, valence_name

    code = page.codebook.by_id.get(coding.code)
    valence = valence_name(coding.valence)
    parts = [
        code.name(language()) if code else coding.code,
        coding.code,
        valence if plain else f"{coding.valence.sign} {valence}",
    ]
    if coding.strength:
        parts.append(_("strength {n}").format(n=coding.strength))
    where, whole = _where(page.transcript, coding)
    parts += [where, _("by {coder}").format(coder=coding.coder)]
    if coding.origin != "manual":
        parts.append(origin_name(coding.origin))
    parts.append(_("coding {id}").format(id=coding.id[:8]))
    said = _("Coded: {what}.").format(what=", ".join(parts))
    if words or not whole:
        said += " " + _("Words: {words}").format(words=_quoted(coding.span.of(page.transcript.text)))
    if coding.memo:
        said += " " + _("Memo: {text}").format(text=_one_line(coding.memo))
    return said


def _where(transcript: Transcript, coding: Coding) -> tuple[str, bool]:
    """The sentences that a coding covers, in words, and whether it covers them whole."""
    indexes = transcript.sentences_in(coding.span)
    if not indexes:
        return _("characters {start} to {end}").format(start=coding.span.start, end=coding.span.end), False
    first, last = indexes[0], indexes[-1]
    whole = (transcript.sentences[first].start, transcript.sentences[last].end) == (coding.span.start, coding.span.end)
    if first == last:
        text = _("sentence {n}") if whole else _("part of sentence {n}")
        return text.format(n=first + 1), whole
    text = _("sentences {first} to {last}") if whole else _("parts of sentences {first} to {last}")
    return text.format(first=first + 1, last=last + 1), whole


def _indented(text: str, *, plain: bool) -> str:
    return text if plain else f"       {text}"


def _one_line(text: str) -> str:
    return " ".join(text.split())


def _quoted(text: str) -> str:
    return quoted(_one_line(text))
