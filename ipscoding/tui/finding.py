"""What a search over all interviews found, and what coding its hits would make. Knows no widget."""

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, field

from ipscoding.analysis.names import role_group
from ipscoding.domain import Coding, Document, Span, Transcript, Valence
from ipscoding.i18n import N_, _, ngettext
from ipscoding.project import Project, codings, documents, search
from ipscoding.project.codings import NewCoding
from ipscoding.project.search import Hit
from ipscoding.tui.entries import Heading, HitEntry
from ipscoding.tui.navigation import Navigator, Selection, Unit

MODES = {"words": N_("words"), "lemmas": N_("any inflection"), "regex": N_("regular expression")}
"""How one can search, by name, each with what it is called."""
AT_MOST = 20_000
"""More hits than anybody reads; a search ends there and says so."""
CONTEXT = 160


def finder(mode: str) -> Callable[..., Iterator[Hit]]:
    """The search that a mode stands for."""
    return {"lemmas": search.lemmas, "regex": search.regex_apart}.get(mode, search.words)


@dataclass
class Finding:
    """A search and its hits in the order of the interviews; kept while somebody looks at a hit in its interview."""

    query: str = ""
    mode: str = "words"
    interviewer: bool = False
    extent: Unit = Unit.SENTENCE
    wide: bool = False
    hits: list[Hit] = field(default_factory=list)
    searched: tuple[str, str] = ("", "")
    full: bool = False
    current: str = ""
    marked: set[str] = field(default_factory=set)

    def shown(self) -> list[Hit]:
        """The hits that are listed: those of the interviewer only where asked for."""
        return [hit for hit in self.hits if self.interviewer or not hit.interviewer]


class Shelf:
    """Texts and codings of interviews, read when they are first asked for."""

    def __init__(self, project: Project) -> None:
        self._project = project
        self._navigators: dict[str, Navigator] = {}
        self._codings: dict[str, list[Coding]] = {}

    def forget(self) -> None:
        """Read everything again the next time."""
        self._navigators.clear()
        self._codings.clear()

    def navigator(self, document_id: str) -> Navigator:
        """The units of an interview. Raises `NotFound`."""
        if document_id not in self._navigators:
            self._navigators[document_id] = Navigator(documents.transcript(self._project, document_id))
        return self._navigators[document_id]

    def transcript(self, document_id: str) -> Transcript:
        """The text of an interview with its turns. Raises `NotFound`."""
        return self.navigator(document_id).transcript

    def codings(self, document_id: str) -> list[Coding]:
        """All coders' codings of an interview."""
        if document_id not in self._codings:
            self._codings[document_id] = codings.of_document(self._project, document_id)
        return self._codings[document_id]

    def mine(self, document_id: str) -> list[Coding]:
        """This coder's codings of an interview."""
        return [coding for coding in self.codings(document_id) if coding.coder == self._project.coder]


def covered(hit: Hit, extent: Unit, shelf: Shelf) -> Span:
    """What a coding of `hit` would cover: the words found, their sentence or their turn."""
    if extent is Unit.WORD:
        return hit.span
    inside = Selection(hit.span.start, hit.span.end - 1)
    return shelf.navigator(hit.document.id).covered(inside, extent)


@dataclass(frozen=True)
class Plan:
    """What coding some hits with one code makes: places to code, and how many hits bear or lack what that needs.

    `already` hits are coded with the code by this coder; `changed` ones lie in a text that is another one by now.
    """

    places: list[tuple[str, Span]]
    already: int
    changed: int

    def codings(self, code_id: str, valence: Valence) -> list[NewCoding]:
        """The codings to be made."""
        return [NewCoding(document, span, code_id, valence) for document, span in self.places]


def plan(hits: Iterable[Hit], code_id: str, extent: Unit, shelf: Shelf, now: Sequence[Document]) -> Plan:
    """Find what is to be coded when `hits` get `code_id`; `now`: the interviews as they are."""
    texts = {document.id: document.text_sha256 for document in now}
    places: dict[tuple[str, Span], None] = {}
    already = changed = 0
    for hit in hits:
        if texts.get(hit.document.id) != hit.document.text_sha256:
            changed += 1
        elif any(c.code == code_id and c.span.contains(hit.span) for c in shelf.mine(hit.document.id)):
            already += 1
        else:
            places[(hit.document.id, covered(hit, extent, shelf))] = None
    return Plan(list(places), already, changed)


def entries(hits: Sequence[Hit], shelf: Shelf, *, wide: bool) -> list[Heading | HitEntry]:
    """The rows of `hits`, which stand in order: a heading for each interview, and its hits."""
    by_document: dict[str, list[Hit]] = {}
    for hit in hits:
        by_document.setdefault(hit.document.id, []).append(hit)
    found: list[Heading | HitEntry] = []
    for document_id, inside in by_document.items():
        document = inside[0].document
        about = [
            document.informant if document.informant.casefold() != document.name.casefold() else "",
            role_group(document.role),
            ngettext("{n} hit", "{n} hits", len(inside)).format(n=len(inside)),
        ]
        found.append(Heading(document.name, " · ".join(part for part in about if part)))
        coded = [coding.span for coding in shelf.mine(document_id)]
        found += [HitEntry(hit, coded=any(hit.span.overlaps(span) for span in coded), wide=wide) for hit in inside]
    return found


def extent_name(extent: Unit) -> str:
    """What a coding of a hit covers, in words."""
    return {Unit.WORD: _("the words found"), Unit.TURN: _("the turn")}.get(extent, _("the sentence"))
