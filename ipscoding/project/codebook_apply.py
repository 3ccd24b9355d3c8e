"""Apply a changed or merged codebook to a project: codes are brought up to date, and codings follow its operations."""

from dataclasses import dataclass, field, replace

from ipscoding.codebook.diff import Change, changes
from ipscoding.codebook.phrases import Phrase
from ipscoding.domain import Code, Codebook
from ipscoding.project import codebooks, codes, journal
from ipscoding.project.codes import Effect
from ipscoding.project.store import Project


@dataclass(frozen=True)
class Moved:
    """Codings that an operation concerns: of which code, what they went to or may go to, and how many there are."""

    code: str
    into: tuple[str, ...]
    effect: Effect


@dataclass
class Applied:
    """What applying a codebook did, or would do.

    `merged`: codings that got another code; `split`: codings that wait in the queue; `retired`: codings that stay with
    a code that is out of use; `redefined`: codings that wait since their code means something else; `kept`: codes
    that only the project has; `stuck`: codes merged into one that cannot take codings, which keep theirs.
    """

    changes: tuple[Change, ...] = ()
    before: Codebook = field(default_factory=lambda: Codebook("", {}))
    after: Codebook = field(default_factory=lambda: Codebook("", {}))
    merged: list[Moved] = field(default_factory=list)
    split: list[Moved] = field(default_factory=list)
    retired: list[Moved] = field(default_factory=list)
    redefined: list[Moved] = field(default_factory=list)
    stuck: list[Moved] = field(default_factory=list)
    kept: list[str] = field(default_factory=list)


def apply(project: Project, book: Codebook, bank: "list[Phrase] | None" = None, *, dry_run: bool = False) -> Applied:
    """Take `book` into the project and let codings follow, as one act that one undo takes back.

    Codings of a code that the book merged into another one get that code (the last one of a chain); where one coder
    coded the same place with both they become one with the memos of both. Codings of a code that was split wait in
    the queue (`recoding.queue`), retired codes keep theirs. A code that the book does not have stays in the project.
    """
    before = codebooks.load(project)
    book = _with_parts(book)
    done = Applied(before=before)
    with journal.command(project, "codebook", dry_run=dry_run, title=book.title.get("nb") or book.id) as act:
        done.kept = codebooks.adopt(project, book, bank).kept
        done.after = after = codebooks.load(project)
        done.changes = changes(before, after)
        for change in done.changes:
            known = before.by_id.get(change.code)
            if known is None:
                continue
            if change.kind in ("split", "retired"):
                moved = Moved(known.id, change.others, codes.effect(project, known.id))
                (done.split if change.kind == "split" else done.retired).append(moved)
        done.redefined = _redefined(project, before, after, {one.code for one in done.split})
        for code in after.codes:
            if code.merged_into is not None and code.id in before.by_id:
                _follow(project, act, after, code, done)
    return done


def _with_parts(book: Codebook) -> Codebook:
    """The book in which a code that was split names its parts, also where only the parts say so."""
    parts: dict[str, list[str]] = {}
    for code in book.codes:
        if isinstance(origin := code.extra.get("split_from"), str):
            parts.setdefault(origin, []).append(code.id)
    return replace(
        book,
        codes=tuple(
            replace(code, extra={**code.extra, "split_into": parts[code.id]})
            if code.id in parts and "split_into" not in code.extra
            else code
            for code in book.codes
        ),
    )


def _redefined(project: Project, before: Codebook, after: Codebook, split: set[str]) -> list[Moved]:
    found = []
    for code in after.codes:
        known = before.by_id.get(code.id)
        if known is not None and code.version > known.version and code.id not in split and code.merged_into is None:
            touched = codes.effect(project, code.id)
            if touched.codings:
                found.append(Moved(code.id, (), touched))
    return found


def _follow(project: Project, act: journal.Command, after: Codebook, code: Code, done: Applied) -> None:
    """Give the codings of a merged code to the code at the end of the chain."""
    heir = code
    seen = {code.id}
    while heir.merged_into is not None and heir.merged_into in after.by_id and heir.merged_into not in seen:
        heir = after.by_id[heir.merged_into]
        seen.add(heir.id)
    touched = codes.effect(project, code.id, heir.id)
    if not touched.codings:
        return
    if heir.retired or not heir.codable or not code.codable:
        done.stuck.append(Moved(code.id, (heir.id,), touched))
        return
    codes.merge(project, code.id, heir.id)
    if heir.id != code.merged_into:
        # the codings went to the end of the chain; the code remembers its own successor
        act.update("code", code.uuid, {"merged_into": after.by_id[str(code.merged_into)].uuid})
    done.merged.append(Moved(code.id, (heir.id,), touched))
