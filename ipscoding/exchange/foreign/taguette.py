"""Projects of Taguette, from its `.sqlite3` file.

Documents are HTML, and highlights count the UTF-8 bytes of its text nodes. A highlight holds the HTML it was made from,
which tells whether it still stands there. Who highlighted is only in the log of commands.
"""

import json
from array import array
from bisect import bisect_right
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from itertools import accumulate
from pathlib import Path

from ipscoding.errors import FileProblem, NotFound, near_hint
from ipscoding.exchange.foreign.html_text import HtmlText, html_text
from ipscoding.exchange.foreign.project import (
    ForeignCode,
    ForeignCoding,
    ForeignDocument,
    ForeignMemo,
    ForeignProject,
)
from ipscoding.exchange.foreign.sqlite_in import Tables, is_database, number, text
from ipscoding.exchange.foreign.times import utc
from ipscoding.exchange.foreign.trees import from_paths
from ipscoding.i18n import _, ngettext

PROGRAM = "Taguette"
_ADMIN = "admin"

_NEEDED = {
    "projects": ("id", "name"),
    "documents": ("id", "name", "project_id", "contents"),
    "highlights": ("id", "document_id", "start_offset", "end_offset"),
    "tags": ("id", "project_id", "path"),
    "highlight_tags": ("highlight_id", "tag_id"),
}


def is_taguette(path: Path, head: bytes) -> bool:
    """Whether the file at `path`, which begins with `head`, is a database with the tables of Taguette."""
    if not is_database(head):
        return False
    try:
        with Tables(path, PROGRAM) as tables:
            return _NEEDED.keys() <= tables.columns.keys()
    except FileProblem:
        return False


def read_taguette(path: Path, name: str = "", by: str = "") -> ForeignProject:
    """Read one project of the Taguette file at `path`: the one called `name`, or the only one.

    `by` is who stands behind Taguette's own name for whoever works on one computer, or exported a project.

    Raises `FileProblem` for a file that is none of Taguette's or is damaged, and where there are several projects and
    no name; `NotFound` where there is none of the name.
    """
    with Tables(path, PROGRAM) as tables:
        tables.need(_NEEDED)
        chosen = _chosen(tables, path, name)
        project = ForeignProject(chosen.name, PROGRAM)
        if chosen.description:
            project.memos.append(ForeignMemo("project", "project", "", chosen.description))
        texts = _documents(tables, path, chosen.id, project)
        codes = _tags(tables, chosen, project)
        _codings(tables, chosen.id, texts, codes, project)
    if by and _ADMIN in project.coders:
        project.coders[_ADMIN] = by
    return project


@dataclass(frozen=True)
class _Chosen:
    """One of the projects in the file; when it was `created` tells it from any other project of the program."""

    id: int
    name: str
    description: str
    created: str


@dataclass(frozen=True)
class _Document:
    """A document's text, and the UTF-8 bytes before each character of its bare text (and after the last)."""

    html: HtmlText
    before: "array[int]"

    def place(self, offset: int) -> int:
        """The code point of the bare text in which the byte `offset` lies, or that it stands before."""
        return max(0, bisect_right(self.before, offset) - 1)


def _chosen(tables: Tables, path: Path, name: str) -> _Chosen:
    found = [
        _Chosen(key, text(row["name"]), text(row["description"]), text(row["created"]))
        for row in tables.rows("projects", ("id", "name", "description", "created"), "id")
        if (key := number(row["id"])) is not None
    ]
    names = [one.name for one in found]
    listed = ", ".join(f"“{called}”" for called in names)
    if name:
        of_name = [one for one in found if one.name == name]
        if not of_name:
            raise NotFound(
                _("{path} holds no project “{name}”").format(path=path, name=name), near_hint(name, names, listed)
            )
        found = of_name
    if not found:
        raise FileProblem(_("{path} holds no project").format(path=path), _("Check that it is the right file"))
    if len(found) > 1:
        what = ngettext("{path} holds {n} project: {names}", "{path} holds {n} projects: {names}", len(found))
        raise FileProblem(what.format(path=path, n=len(found), names=listed), _("Say which one you mean with --name"))
    return found[0]


def _documents(tables: Tables, path: Path, project_id: int, project: ForeignProject) -> dict[int, _Document]:
    texts: dict[int, _Document] = {}
    for row in tables.rows("documents", ("id", "name", "description", "project_id", "contents"), "id"):
        key = number(row["id"])
        if key is None or number(row["project_id"]) != project_id:
            continue
        name = text(row["name"]) or str(key)
        try:
            html = html_text(text(row["contents"]))
        except ValueError as error:
            raise FileProblem(
                _("The document “{name}” in {path} is damaged").format(name=name, path=path),
                _("Look at it in Taguette, remove it there, and try again"),
            ) from error
        sizes = (len(letter.encode("utf-8", "replace")) for letter in html.bare)
        texts[key] = _Document(html, array("L", accumulate(sizes, initial=0)))
        project.documents.append(ForeignDocument(str(key), name, html.text, memo=text(row["description"])))
    return texts


def _tags(tables: Tables, chosen: _Chosen, project: ForeignProject) -> dict[int, str]:
    """The keys of the tags by their number, each put among the codes of the project."""
    rows = {
        key: (text(row["path"]), text(row["description"]))
        for row in tables.rows("tags", ("id", "project_id", "path", "description"), "id")
        if (key := number(row["id"])) is not None and number(row["project_id"]) == chosen.id
    }
    keys = {key: f"{chosen.created} {key}" for key in rows}
    places = from_paths({keys[key]: path for key, (path, _description) in rows.items()})
    described = {keys[key]: description for key, (_path, description) in rows.items()}
    project.codes += [
        ForeignCode(place.key, place.label, place.parent, described.get(place.key, ""), codable=place.key in described)
        for place in places
    ]
    return keys


def _codings(
    tables: Tables,
    project_id: int,
    texts: Mapping[int, _Document],
    codes: Mapping[int, str],
    project: ForeignProject,
) -> None:
    tags: dict[int, list[int]] = {}
    for row in tables.rows("highlight_tags", ("highlight_id", "tag_id"), "tag_id"):
        highlight, tag = number(row["highlight_id"]), number(row["tag_id"])
        if highlight is not None and tag is not None and tag in codes:
            tags.setdefault(highlight, []).append(tag)
    authors = _authors(tables, project_id)
    alone = _only_member(tables, project_id)
    empty = untagged = 0
    for row in tables.rows("highlights", ("id", "document_id", "start_offset", "end_offset", "snippet"), "id"):
        key, document = number(row["id"]), texts.get(number(row["document_id"]) or 0)
        start, end = number(row["start_offset"]), number(row["end_offset"])
        if key is None or document is None:
            continue
        if start is None or end is None or not 0 <= start < end:
            empty += 1
            continue
        span = document.html.span(document.place(start), document.place(end))
        if not len(span):
            empty += 1
            continue
        document_key = str(number(row["document_id"]))
        made = authors.get(key, {})
        if key not in tags:
            untagged += 1
            user, date = made.get(None, (alone, ""))
            project.memos.append(
                ForeignMemo(
                    f"highlight {key}", "document", document_key, _("Highlight without a tag"), user, date, span
                )
            )
        quote = _quote(text(row["snippet"]))
        for tag in tags.get(key, ()):
            user, date = made.get(tag, (alone, ""))
            project.codings.append(
                ForeignCoding(f"{key} {tag}", document_key, span, codes[tag], user, date, quote=quote)
            )
    users = [coding.coder for coding in project.codings] + [memo.coder for memo in project.memos]
    project.coders = {user: user for user in dict.fromkeys(users) if user}
    if empty:
        what = ngettext("{n} highlight without any text", "{n} highlights without any text", empty)
        project.left_out.append(what.format(n=empty))
    if untagged:
        what = ngettext(
            "{n} highlight has no tag: it is kept as a memo at its place",
            "{n} highlights have no tag: they are kept as memos at their places",
            untagged,
        )
        project.notes.append(what.format(n=untagged))


def _quote(snippet: str) -> str:
    try:
        return html_text(snippet).text
    except ValueError:
        return ""


def _authors(tables: Tables, project_id: int) -> dict[int, dict[int | None, tuple[str, str]]]:
    """Who put each tag on each highlight, and when; under None who made the highlight.

    The log tells of every change which tags a highlight has from then on.
    """
    made: dict[int, dict[int | None, tuple[str, str]]] = {}
    for user, date, event in _log(tables, project_id):
        kind = event.get("type")
        if kind == "highlight_add":
            highlight, tags = event.get("highlight_id"), event.get("tags")
            if not isinstance(highlight, int) or not isinstance(tags, list):
                continue
            before = made.get(highlight, {})
            made[highlight] = {None: before.get(None, (user, date))} | {
                tag: before.get(tag, (user, date)) for tag in tags if isinstance(tag, int)
            }
        elif kind == "tag_merge":
            source, into = event.get("src_tag_id"), event.get("dest_tag_id")
            for tagged in made.values():
                if isinstance(source, int) and isinstance(into, int) and source in tagged:
                    merged = tagged.pop(source)
                    tagged.setdefault(into, merged)
    return made


def _log(tables: Tables, project_id: int) -> Iterator[tuple[str, str, dict[str, object]]]:
    for row in tables.rows("commands", ("id", "date", "user_login", "project_id", "payload"), "id"):
        if number(row["project_id"]) != project_id:
            continue
        try:
            event = json.loads(text(row["payload"]))
        except (ValueError, RecursionError):
            continue
        if isinstance(event, dict):
            yield text(row["user_login"]), utc(text(row["date"])), event


def _only_member(tables: Tables, project_id: int) -> str:
    """The one person who takes part in the project; empty where there are several."""
    members: Iterable[str] = {
        text(row["user_login"])
        for row in tables.rows("project_members", ("project_id", "user_login"))
        if number(row["project_id"]) == project_id
    }
    names = sorted(members)
    return names[0] if len(names) == 1 else ""
