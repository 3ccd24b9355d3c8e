"""Interviews into the project: texts with their times, informants, and the comments of the files as memos."""

import shlex
import uuid
from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from datetime import UTC, datetime

from ipscoding.domain import Moment, Transcript
from ipscoding.errors import IpscodingError
from ipscoding.i18n import _
from ipscoding.project import clock, coders, informants, journal
from ipscoding.project.store import Project
from ipscoding.project.texts import fingerprint, keep_text
from ipscoding.transcripts.reading import MarginNote, Reading

_HEADER_FIELDS = {"id", "role", "language", "date", "site"}


@dataclass(frozen=True)
class Outcome:
    """What became of one reading: it is new, or there already, or refused for a reason.

    `document` is the name of the document that has its text; empty where none has.
    """

    reading: Reading
    document: str = ""
    added: bool = False
    refusal: IpscodingError | None = None


@dataclass
class Imported:
    """What an import did, reading by reading."""

    outcomes: list[Outcome] = field(default_factory=list)

    @property
    def added(self) -> list[str]:
        """The names of the documents that are new."""
        return [one.document for one in self.outcomes if one.added]

    @property
    def unchanged(self) -> list[str]:
        """The names of the readings whose text was there already."""
        return [one.reading.name for one in self.outcomes if one.document and not one.added]

    @property
    def refused(self) -> list[tuple[str, IpscodingError]]:
        """The names of the readings that were refused, with the reason."""
        return [(one.reading.name, one.refusal) for one in self.outcomes if one.refusal is not None]


def add_all(
    project: Project,
    readings: Iterable[Reading],
    on_progress: Callable[[str], None] | None = None,
    *,
    approved: bool = False,
    dry_run: bool = False,
) -> Imported:
    """Take interviews into the project as one act; a text that is already there changes nothing.

    A document whose name is taken by another text is refused, the others are imported; so is one that a person has to
    approve first, unless all are `approved`. The header's `id` names the informant (default: the document's name);
    `role`, `site` and the reading's attributes become the informant's. Comments of the file become memos of their
    authors on the passage. A `dry_run` only tells what would be done.
    """
    done = Imported()
    with journal.command(project, "import", dry_run=dry_run, n=0) as act:
        for reading in readings:
            if on_progress is not None:
                on_progress(reading.name)
            done.outcomes.append(_take(project, act, reading, approved=approved))
        act.describe(n=len(done.added))
    return done


def _take(project: Project, act: journal.Command, reading: Reading, *, approved: bool) -> Outcome:
    transcript = timed(reading)
    same = project.value("SELECT name FROM documents WHERE text = ?", (fingerprint(transcript.text),))
    if same is not None:
        keep_text(project, transcript)
        return Outcome(reading, str(same))
    if reading.to_approve and not approved:
        return Outcome(reading, refusal=_not_approved(reading))
    earlier = _earlier(project, fingerprint(transcript.text))
    if earlier:
        return Outcome(reading, refusal=_is_earlier(reading, earlier))
    if project.value("SELECT 1 FROM documents WHERE name = ?", (reading.name,)):
        return Outcome(reading, refusal=_name_taken(project, reading))
    _add(project, act, reading, keep_text(project, transcript))
    return Outcome(reading, reading.name, added=True)


def timed(reading: Reading) -> Transcript:
    """The transcript with the reading's times; a time after the last word is that of no words."""
    text = reading.transcript.text
    moments = tuple(Moment(offset, seconds) for offset, seconds in reading.times if offset < len(text))
    if not moments:
        return reading.transcript
    return Transcript(text, reading.transcript.turns, reading.transcript.sentences, moments)


def _earlier(project: Project, sha256: str) -> str:
    """The name of the document that had this text before it was revised; empty where none had."""
    if not project.value("SELECT 1 FROM texts WHERE sha256 = ?", (sha256,)):
        return ""
    found = project.value(
        "SELECT d.name FROM told_events e JOIN documents d ON d.id = e.entity_id WHERE e.entity = 'document'"
        " AND :text IN (json_extract(e.changes, '$.text[0]'), json_extract(e.changes, '$.text[1]')) LIMIT 1",
        {"text": sha256},
    )
    return str(found or "")


def _is_earlier(reading: Reading, name: str) -> IpscodingError:
    return IpscodingError(
        _("{source}: this is an earlier text of {name}").format(source=reading.source, name=name),
        _("{name} was revised since; nothing was changed").format(name=name),
    )


def _name_taken(project: Project, reading: Reading) -> IpscodingError:
    return IpscodingError(
        _("{source}: the project has a document called {name} with another text").format(
            source=reading.source, name=reading.name
        ),
        _(
            "If this is a corrected text of that interview: ipscoding revise {path} {document} {file}."
            " If it is another interview, give the file another name"
        ).format(
            path=shlex.quote(str(project.path)), document=shlex.quote(reading.name), file=shlex.quote(reading.source)
        ),
    )


def _not_approved(reading: Reading) -> IpscodingError:
    return IpscodingError(
        _("{source}: how its lines belong together had to be guessed").format(source=reading.source),
        _("Look at it with import --preview, and import it with --approve if it is right"),
    )


def _add(project: Project, act: journal.Command, reading: Reading, sha256: str) -> None:
    header = reading.header
    people = dict.fromkeys(name for name in reading.informants.values() if name)
    site = {"site": header["site"]} if header.get("site") else {}
    by_name = {
        name: informants.ensure(
            project, act, name, role=header.get("role", ""), attributes={**site, **reading.attributes}
        )
        for name in people or [header.get("id") or reading.name]
    }
    document = str(uuid.uuid4())
    act.create(
        "document",
        document,
        {
            "name": reading.name,
            "text": sha256,
            # of a group, each speaker's label leads to who it is
            "informant": next(iter(by_name.values())) if len(by_name) == 1 else None,
            "language": header.get("language", ""),
            "date": header.get("date", ""),
            "source": reading.source,
            "source_sha256": reading.source_sha256,
            "speakers": dict(reading.informants) if len(by_name) > 1 else {},
            "attributes": {key: value for key, value in header.items() if key not in _HEADER_FIELDS},
        },
    )
    for note, text in _united(reading.comments):
        _write_memo(act, document, note, text, reading)


def _united(comments: Iterable[MarginNote]) -> list[tuple[MarginNote, str]]:
    """Comments with their texts; those of one author on one passage are one, as a person has one memo on a thing."""
    found: dict[tuple[str, int, int], tuple[MarginNote, list[str]]] = {}
    for note in comments:
        key = (note.author, note.span.start, note.span.end)
        found.setdefault(key, (note, []))[1].append(note.text.strip())
    return [(note, "\n".join(filter(None, texts))) for note, texts in found.values() if any(texts)]


def _write_memo(act: journal.Command, document: str, note: MarginNote, text: str, reading: Reading) -> None:
    last = len(reading.transcript.text)
    start = min(note.span.start, max(last - 1, 0))
    values = {
        "target": document,
        "coder": coders.ensure(act, note.author) if note.author.strip() else act.coder,
        "text": text,
        "created_at": _when(note.time) or clock.wall_time(act.stamp),
        "start": start,
        "end": min(max(note.span.end, start + 1), last),
        "origin": reading.source,
    }
    act.create("memo", str(uuid.uuid4()), values)


def _when(time: str) -> str:
    """A comment's time as the project keeps times; empty where it says none. One without a zone is taken as it is."""
    try:
        found = datetime.fromisoformat(time)
    except ValueError:
        return ""
    if found.tzinfo is not None:
        try:
            found = found.astimezone(UTC)
        except OverflowError:
            return ""
    return found.strftime("%Y-%m-%dT%H:%M:%S.%fZ")
