"""Which interviews enter an agreement: those that the chosen coders marked as done. And what is read of them."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass

from ipscoding.analysis.agreement.report import Question, Reading, agreement
from ipscoding.analysis.names import matching, natural
from ipscoding.analysis.table import Table
from ipscoding.domain import CONSENSUS, Coding, Document
from ipscoding.errors import NotAllowed
from ipscoding.i18n import _, ngettext
from ipscoding.project import Project, acts, codebooks, codings, documents, journal


@dataclass(frozen=True)
class Entering:
    """The coders compared, the interviews that enter, and those left out with the reason, in words."""

    coders: tuple[str, ...]
    documents: tuple[Document, ...]
    left_out: tuple[tuple[Document, str], ...]
    done: frozenset[tuple[str, str]]

    def notes(self) -> list[str]:
        """Which interviews are left out and why, as sentences; none where all enter."""
        if not self.left_out:
            return []
        text = ngettext(
            "{n} interview is left out: {names}.", "{n} interviews are left out: {names}.", len(self.left_out)
        )
        named = "; ".join(f"{document.name} ({reason})" for document, reason in self.left_out)
        return [text.format(n=len(self.left_out), names=named)]


def entering(
    project: Project,
    coders: Collection[str] | None = None,
    *,
    roles: Collection[str] = (),
    names: Collection[str] = (),
    missing: bool = False,
) -> Entering:
    """The coders and the interviews that can be compared.

    `coders` may hold `*`; without them, everybody who marked an interview as done (the consensus layer apart).
    `roles` and `names` limit the interviews. All coders must have marked an interview as done; with `missing` at
    least two, and what the others did there counts as missing.

    Raises `NotFound` for a coder, role or interview that does not exist, `NotAllowed` where fewer than two coders are
    left or no interview enters.
    """
    done = frozenset(key for key, status in documents.statuses(project).items() if status == "done")
    if coders:
        chosen = matching(coders, journal.coders(project), _("No such coder"))
    else:
        chosen = {coder for _document, coder in done} - {CONSENSUS}
    if len(chosen) < 2:
        raise NotAllowed(
            _("Agreement is between at least two coders: {names}").format(names=", ".join(sorted(chosen)) or "–"),
            _('Each marks an interview as done when it is coded ("ipscoding status PROJECT INTERVIEW done")'),
        )
    order = tuple(sorted(chosen, key=natural))
    there = documents.all(project)
    if roles:
        fitting = matching(roles, {document.role for document in there}, _("No such role"))
        there = [document for document in there if document.role in fitting]
    if names:
        fitting = matching(names, {document.name for document in there}, _("No such document"))
        there = [document for document in there if document.name in fitting]
    enough = 2 if missing else len(order)
    statuses = documents.statuses(project)
    inside: list[Document] = []
    outside: list[tuple[Document, str]] = []
    for document in sorted(there, key=lambda one: natural(one.name)):
        if sum((document.id, coder) in done for coder in order) >= enough:
            inside.append(document)
        else:
            outside.append((document, _reason(document, order, statuses)))
    if not inside:
        raise NotAllowed(
            _("No interview was marked as done by {coders}").format(coders=", ".join(order)),
            _('"ipscoding documents {path}" shows how far each has come; choose others with --coders').format(
                path=project.path
            ),
        )
    return Entering(order, tuple(inside), tuple(outside), done)


def _reason(document: Document, coders: Sequence[str], statuses: dict[tuple[str, str], str]) -> str:
    late = [(coder, statuses.get((document.id, coder), "")) for coder in coders]
    return ", ".join(f"{coder}: {acts.status_name(status)}" for coder, status in late if status != "done")


def read(project: Project, entered: Entering) -> list[Reading]:
    """The interviews with what each coder made of them; None for a coder who did not mark one as done."""
    readings = []
    for document in entered.documents:
        made: dict[str, list[Coding]] = {}
        for coding in codings.of_document(project, document.id):
            made.setdefault(coding.coder, []).append(coding)
        sides = tuple(made.get(coder, []) if (document.id, coder) in entered.done else None for coder in entered.coders)
        readings.append(Reading(document, documents.transcript(project, document.id), sides))
    return readings


def agreement_of(
    project: Project,
    question: Question | None = None,
    *,
    coders: Collection[str] | None = None,
    roles: Collection[str] = (),
    names: Collection[str] = (),
    missing: bool = False,
    language: str | None = None,
) -> Table:
    """How far coders of a project agree: `agreement` on the interviews that `entering` gives."""
    entered = entering(project, coders, roles=roles, names=names, missing=missing)
    table = agreement(read(project, entered), entered.coders, codebooks.load(project), question, language=language)
    table.notes[3:3] = entered.notes()
    return table
