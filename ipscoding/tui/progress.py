"""How far a project has come: each coder's work on each interview, and what is known of informants. No widget."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field

from ipscoding.analysis.names import natural, role_group
from ipscoding.codebook.informants import shipped_scheme
from ipscoding.domain import Document, Informant
from ipscoding.i18n import language
from ipscoding.project import codings, documents, informants, memos
from ipscoding.project.memos import Memo
from ipscoding.tui.desk import Desk
from ipscoding.tui.words import NOT_STARTED, STATUS_SIGNS

BAR = 12
_FULL, _HALF, _EMPTY = "█", "▒", "░"


@dataclass(frozen=True)
class Work:
    """One coder in the project: how many of `of` interviews are begun and done, and how many codings that made."""

    coder: str
    begun: int
    done: int
    codings: int
    of: int

    def bar(self, width: int = BAR) -> str:
        """Done, begun and the rest as a bar of `width` cells; what there is has a cell at least, the rest none."""
        if not self.of:
            return _EMPTY * width
        done = max(width * self.done // self.of, bool(self.done))
        begun = max(round(width * self.begun / self.of), bool(self.begun))
        if self.done + self.begun == self.of or done + begun > width:
            begun = (width - done) * bool(self.begun)
        return _FULL * done + _HALF * begun + _EMPTY * (width - done - begun)


@dataclass(frozen=True)
class Overview:
    """A project at a moment."""

    documents: Sequence[Document] = ()
    informants: Sequence[Informant] = ()
    statuses: dict[tuple[str, str], str] = field(default_factory=dict)
    made: dict[tuple[str, str], int] = field(default_factory=dict)
    memos: dict[str, list[Memo]] = field(default_factory=dict)
    coders: Sequence[str] = ()

    def work(self, coder: str) -> Work:
        """What one coder has done."""
        found = [self.statuses.get((document.id, coder), "") for document in self.documents]
        made = sum(n for (_document, name), n in self.made.items() if name == coder)
        return Work(coder, found.count("coding"), found.count("done"), made, len(found))

    def roles(self) -> list[tuple[str, int]]:
        """The roles there are, each with how many informants have it; those without one last."""
        roles = [person.role for person in self.informants]
        return [(role, roles.count(role)) for role in sorted(set(roles), key=by_role)]

    def interviews_of(self, informant: str) -> list[Document]:
        """The interviews with one informant."""
        return [document for document in self.documents if document.informant == informant]


def overview(desk: Desk) -> Overview:
    """The project as it is now: own work first among the coders, interviews by role and name."""
    project, own = desk.project, desk.project.coder
    statuses, made = documents.statuses(project), codings.made_by(project)
    others = {coder for _document, coder in (*statuses, *made)} - {own}
    found = sorted(documents.all(project), key=lambda document: (*by_role(document.role), natural(document.name)))
    people = sorted(informants.all(project), key=lambda person: (*by_role(person.role), natural(person.name)))
    targets = [project.id, *(document.id for document in found)]
    notes = {target: on for target in targets if (on := memos.of(project, target))}
    return Overview(found, people, statuses, made, notes, (own, *sorted(others, key=natural)))


def by_role(role: str) -> tuple[bool, str]:
    """A sort key that puts roles together, and those without one last."""
    return (not role, role_group(role))


def work_sign(desk: Desk, now: Overview, document_id: str, coder: str) -> str:
    """A coder's status and number of codings in an interview; blind coding hides others' numbers."""
    status, n = now.statuses.get((document_id, coder), ""), now.made.get((document_id, coder), 0)
    sign = STATUS_SIGNS.get(status, NOT_STARTED)
    return f"{sign} {n}" if n and desk.may_see(document_id, coder) else sign


def attribute_names(people: Iterable[Informant]) -> list[str]:
    """The attributes that anybody has, in the order of the scheme, further ones by name."""
    have = {name for person in people for name in person.attributes}
    known = [attribute.id for attribute in shipped_scheme().attributes if attribute.id in have]
    return known + sorted(have - set(known))


def attribute_name(attribute_id: str) -> str:
    """What an attribute is called in the language in use."""
    known = shipped_scheme().attribute(attribute_id)
    return known.name(language()).partition(" (")[0] if known else attribute_id


def value_name(attribute_id: str, value: str) -> str:
    """What a value of an attribute is called in the language in use."""
    known = shipped_scheme().attribute(attribute_id)
    labels = next((found.label for found in known.values if found.id == value), None) if known else None
    return (labels.get(language()) or labels.get("nb") or value) if labels else value
