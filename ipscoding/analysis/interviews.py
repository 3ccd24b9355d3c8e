"""Who was interviewed: the groups that figures are compared over, and their denominators."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field

from ipscoding.analysis.names import hint
from ipscoding.domain import Document, Excerpt, Informant
from ipscoding.errors import NotFound
from ipscoding.i18n import _

OF_INTERVIEWS = ("role", "document", "informant", "language", "date")
"""What interviews can be grouped by, besides any attribute of informants."""


@dataclass(frozen=True, slots=True)
class Interview:
    """One person in one document: a document has one, a focus group several.

    `person` tells people apart (a document that names nobody holds one unknown person of its own), `name` is shown.
    """

    document: Document
    person: str
    name: str
    role: str
    attributes: Mapping[str, str] = field(default_factory=dict)

    def value(self, dimension: str) -> str:
        """What the interview has for `dimension`; the id for documents and people. Empty where nothing is recorded."""
        if dimension == "role":
            return self.role
        if dimension == "document":
            return self.document.id
        if dimension == "informant":
            return self.person
        if dimension == "language":
            return self.document.language
        if dimension == "date":
            return self.document.date
        return self.attributes.get(dimension, "")


@dataclass(frozen=True, slots=True)
class Denominators:
    """What stands under the shares of one group; `words` is None where they cannot be told apart by speaker."""

    informants: int
    documents: int
    words: int | None


class Interviews:
    """The interviews behind the figures: every person in every document.

    Args:
        documents: the documents that are counted; codings of other documents are not.
        informants: the people on record; one without a document was not interviewed.
        words: words spoken by (document id, informant's name); needed only to divide the words of a focus group.
    """

    def __init__(
        self,
        documents: Iterable[Document],
        informants: Iterable[Informant],
        words: Mapping[tuple[str, str], int] | None = None,
    ) -> None:
        self._people = {informant.name: informant for informant in informants}
        self._words = words or {}
        self._by_document: dict[str, list[Interview]] = {}
        for document in documents:
            names = list(dict.fromkeys(filter(None, (document.informant, *document.speakers.values())))) or [""]
            self._by_document[document.id] = [self._interview(document, name) for name in names]
        self.unnamed = sum(1 for interview in self.all if not interview.name)

    def _interview(self, document: Document, name: str, role: str = "") -> Interview:
        person = self._people.get(name) or Informant(id="", name=name)
        return Interview(
            document=document,
            person=name or f"\0{document.id}",
            name=name,
            role=person.role or document.role or role,
            attributes={**document.attributes, **person.attributes},
        )

    @property
    def all(self) -> list[Interview]:
        """Every person in every document."""
        return [interview for interviews in self._by_document.values() for interview in interviews]

    def of(self, excerpt: Excerpt) -> Interview | None:
        """The interview that `excerpt` was said in; None when its document is not counted.

        Somebody in a focus group who is not on record joins it from then on.
        """
        there = self._by_document.get(excerpt.document_id)
        if there is None or len(there) == 1:
            return there[0] if there else None
        for interview in there:
            if interview.name == excerpt.informant:
                return interview
        joined = self._interview(there[0].document, excerpt.informant, excerpt.role)
        there.append(joined)
        return joined

    def check(self, dimensions: Iterable[str], others: Sequence[str]) -> None:
        """Raise `NotFound` for a dimension that is neither of interviews nor an attribute nor one of the `others`."""
        attributes = {name for interview in self.all for name in interview.attributes}
        attributes |= {name for informant in self._people.values() for name in informant.attributes}
        known = {*others, *OF_INTERVIEWS, *attributes}
        unknown = [name for name in dimensions if name not in known]
        if unknown:
            what = _("Figures cannot be grouped by {names}").format(names=", ".join(unknown))
            raise NotFound(what, hint(unknown, known))

    def groups(self, dimensions: Sequence[str]) -> dict[tuple[str, ...], Denominators]:
        """The groups of interviews that `dimensions` make (one group of all for no dimension), with denominators."""
        members: dict[tuple[str, ...], list[Interview]] = {}
        for interview in self.all:
            members.setdefault(tuple(interview.value(name) for name in dimensions), []).append(interview)
        if not dimensions:
            return {(): self.whole()}
        return {key: self._count(interviews) for key, interviews in members.items()}

    def whole(self) -> Denominators:
        """The denominators of all interviews together."""
        return self._count(self.all)

    def _count(self, interviews: list[Interview]) -> Denominators:
        by_document: dict[str, list[Interview]] = {}
        for interview in interviews:
            by_document.setdefault(interview.document.id, []).append(interview)
        counts = [self._spoken(document, there) for document, there in by_document.items()]
        return Denominators(
            informants=len({interview.person for interview in interviews}),
            documents=len(by_document),
            words=None if None in counts else sum(count for count in counts if count is not None),
        )

    def _spoken(self, document: str, there: list[Interview]) -> int | None:
        if len(there) == len(self._by_document[document]):
            return there[0].document.words
        counts = [self._words.get((document, interview.name)) for interview in there]
        return None if None in counts else sum(count for count in counts if count is not None)

    def shown(self, dimension: str, value: str) -> str:
        """What readers see for a `value` of `dimension`: names instead of ids."""
        if dimension == "document":
            return self._by_document[value][0].document.name
        if dimension == "informant" and value.startswith("\0"):
            return ""
        return value
