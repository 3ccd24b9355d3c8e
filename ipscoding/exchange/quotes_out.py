"""Quotes by code, role and informant, for the results section of a paper."""

from collections.abc import Callable, Collection, Iterator, Mapping
from typing import Any

from ipscoding.analysis.coders import choose
from ipscoding.analysis.quotes import distinct, for_reading, per_code
from ipscoding.analysis.unions import Speech
from ipscoding.domain import Codebook, Document, Excerpt, Span, Transcript, Turn, Valence, in_language
from ipscoding.exchange.codebook_table import in_order
from ipscoding.exchange.codings_out import excerpts_of
from ipscoding.exchange.prose import Block, Heading, Page, Paragraph, Quotation
from ipscoding.exchange.pseudonyms import Pseudonyms, caller, role_name
from ipscoding.i18n import _, language, ngettext
from ipscoding.project import Project, codebooks, documents, excerpts, quoting


def quotes_page(
    project: Project,
    *,
    limit: int | None = None,
    pseudonyms: Pseudonyms = "name",
    coders: Collection[str] = (),
    **filters: Any,
) -> Page:
    """The codings as quotes, by code (in the order of the codebook), role and informant.

    Whose codings: the chosen coders', else the consensus where there is one, else all; what two coders coded alike
    stands there once, and what only the interviewer says, or was marked never to be quoted, not at all. `limit` is the
    number of quotes for each code, chosen by `ipscoding.analysis.quotes.spread`. `pseudonyms` says what informants are
    called; with `role`, no name of an interview or a speaker is shown. Other `filters` as in
    `ipscoding.exchange.codings_out.excerpts_of`, which also says what is raised.
    """
    found = list(excerpts_of(project, **filters))
    who = choose({row.coder for row in found}, coders or None)
    speech = Speech(documents.speech(project))
    files = {document.id: document for document in documents.all(project)}
    heard = [row for row in found if row.coder in who.names and speech.heard(row.document_id, row.start, row.end)]
    marks = quoting.marks(project)
    rows = distinct(heard, marks)
    shown = rows if limit is None else per_code(rows, limit, quoting.wanted(marks))
    call = caller(project, pseudonyms)
    book = codebooks.load(project)
    ordered = for_reading(shown, [code.id for code in in_order(book)], lambda row: call(row.informant))

    notes = [
        _("▼ barrier, ▲ facilitator, ◆ both, · no direction."),
        ngettext("{n} quote.", "{n} quotes.", len(shown)).format(n=len(shown)),
        _("Coded by {coders}; what several of them coded alike stands here once.").format(coders=", ".join(who.names))
        if who.apart
        else who.note,
        *excerpts.about_kept_back(project),
    ]
    if len(shown) < len(rows):
        said = _(
            "Chosen from {all}: at most {n} for each code, spread over roles, informants and directions, "
            "neither the shortest nor the longest."
        )
        notes.insert(2, said.format(all=len(rows), n=limit))
    quotation = Quoting(project, files, pseudonyms, call)
    return Page(
        _("Quotes: {project}").format(project=project.name),
        language(),
        _blocks(ordered, book, notes, quotation),
        contents=True,
    )


def _blocks(rows: list[Excerpt], book: Codebook, notes: list[str], quotation: "Quoting") -> Iterator[Block]:
    for note in notes:
        yield Paragraph(note, quiet=True)
    code, role = None, None
    for row in rows:
        if row.code != code:
            code, role = row.code, None
            yield Heading(1, row.code_label, row.code)
            yield Paragraph(f"{row.code_path} · {row.code}", quiet=True)
            definition = in_language(book.by_id[row.code].definition, language()) if row.code in book.by_id else ""
            if definition:
                yield Paragraph(definition)
        if row.role != role:
            role = row.role
            yield Heading(2, role_name(role) or _("No role"))
        yield quotation.of(row)


class Quoting:
    """Excerpts as quotations, their speakers called as wanted."""

    def __init__(
        self, project: Project, files: Mapping[str, Document], pseudonyms: Pseudonyms, call: Callable[[str], str]
    ) -> None:
        self._project = project
        self._files = files
        self._by_role = pseudonyms == "role"
        self._call = call
        self._transcripts: dict[str, Transcript] = {}

    def of(self, row: Excerpt) -> Quotation:
        """The excerpt as a quotation."""
        document, transcript = self._files[row.document_id], self._transcript(row.document_id)
        parts = said_in(transcript, Span(row.start, row.end))
        alone = len(parts) == 1
        lines = tuple(("" if alone else self._speaker(turn, document, transcript), words) for turn, words in parts)
        name = self._call(row.informant)
        if self._by_role:
            source = _("{informant}, turn {turn}").format(informant=name, turn=row.turn)
        else:
            source = _("{informant} ({role}), turn {turn}, {document} {start}–{end}").format(
                informant=name,
                role=role_name(row.role) or _("No role"),
                turn=row.turn,
                document=row.document,
                start=row.start,
                end=row.end,
            )
        return Quotation(lines or (("", row.text),), Valence(row.valence).sign, source)

    def _transcript(self, document: str) -> Transcript:
        if document not in self._transcripts:
            self._transcripts[document] = documents.transcript(self._project, document)
        return self._transcripts[document]

    def _speaker(self, turn: Turn, document: Document, transcript: Transcript) -> str:
        if turn.interviewer:
            return _("Interviewer")
        if turn.speaker in document.speakers:
            return self._call(document.speakers[turn.speaker])
        if len({one.speaker for one in transcript.informant_turns()}) == 1:
            return self._call(document.informant)
        # a label can be a name
        return _("Another") if self._by_role else turn.speaker


def said_in(transcript: Transcript, span: Span) -> list[tuple[Turn, str]]:
    """What is said in `span`, turn by turn, without the speakers' labels."""
    said = []
    for turn in transcript.turns:
        start, end = max(span.start, turn.speech.start), min(span.end, turn.speech.end)
        words = transcript.text[start:end].strip() if start < end else ""
        if words:
            said.append((turn, words))
    return said
