"""A merge of codebooks that somebody decides step by step: what there is to decide, what was, and what comes of it.

Knows no widget. Every decision merges anew, so that the outcome is the same as with a file of resolutions.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from enum import Enum
from typing import Any

from ipscoding.codebook import diff_words, flat, write
from ipscoding.codebook.conflicts import ORDER, Check, Conflict, Decision, Key, Merged, Proposal, Used
from ipscoding.codebook.flat import Flat, stem
from ipscoding.codebook.merge import merge
from ipscoding.domain import Codebook, Valence
from ipscoding.errors import NotAllowed
from ipscoding.i18n import _

_LISTS = ("roles", "rules")
_LINES = (*flat.TEXTS, "title", "links", "colour", "comment", "comments", "version")


class State(Enum):
    """How far something is."""

    OPEN = "open"
    REFUSED = "refused"
    """Decided, but the decision cannot stand with the others."""
    DONE = "done"


@dataclass(frozen=True)
class Item:
    """One thing in the list: what it is about, how far it is, and in a word what was decided."""

    about: Conflict | Proposal | Check
    state: State
    said: str = ""

    @property
    def id(self) -> str:
        """The same for the same thing after every decision."""
        about = self.about
        second = about.field if isinstance(about, Conflict) else about.other
        third = about.why if isinstance(about, Check) else ""
        return "\n".join((type(about).__name__, about.code, second, third))


@dataclass(frozen=True)
class Side:
    """A column: its name, its text, and the text that it is compared with, word by word."""

    name: str
    text: str
    against: str


@dataclass
class Reconciling:
    """Two codebooks and the one both came from (None: not known), and the decisions so far."""

    base: Codebook | None
    ours: Codebook
    theirs: Codebook
    used: Used = field(default_factory=Used)
    proposals: Sequence[Proposal] = ()
    decisions: dict[Key, Decision] = field(default_factory=dict)
    merged: Merged = field(init=False)
    _known: dict[Key, Conflict] = field(init=False, default_factory=dict)
    _seen: set[str] = field(init=False, default_factory=set)
    _past: list[tuple[str, dict[Key, Decision], set[str]]] = field(init=False, default_factory=list)

    def __post_init__(self) -> None:
        """Merge without decisions first: what was decided before stands in the list too."""
        given, self.decisions = self.decisions, {}
        self._merge()
        self.decisions = given
        self._merge()

    def _merge(self) -> None:
        self.merged = merge(self.base, self.ours, self.theirs, self.decisions, self.used)
        # a conflict that is back has another reason or other choices than before
        self._known |= {conflict.key: conflict for conflict in self.merged.conflicts}

    # What there is

    def items(self) -> list[Item]:
        """Conflicts in the order of the codebook, then proposals, then checks."""
        still = {conflict.key: conflict for conflict in self.merged.conflicts}
        # not by the merged book's order, which a decision may change
        codes = dict.fromkeys(code.id for code in (*self.ours.codes, *self.theirs.codes))
        place = {code: at for at, code in enumerate(codes)}
        found = [
            self._conflict(conflict, still.get(key))
            for key, conflict in sorted(self._known.items(), key=lambda one: (place.get(one[0][0], -1), one[0][1]))
            if key in still or key in self.decisions
        ]
        found += [self._proposal(one) for one in self.proposals]
        return found + [self._looked_at(Item(one, State.OPEN)) for one in self.merged.checks]

    def _conflict(self, conflict: Conflict, still: Conflict | None) -> Item:
        if still is not None:
            return Item(still, State.REFUSED if still.refused else State.OPEN)
        return Item(conflict, State.DONE, choice_name(self.decisions[conflict.key]))

    def _proposal(self, one: Proposal) -> Item:
        if self.decisions.get((one.code, "")) == Decision("merge", one.other):
            return Item(one, State.DONE, _("one code"))
        return self._looked_at(Item(one, State.OPEN))

    def _looked_at(self, item: Item) -> Item:
        return Item(item.about, State.DONE, _("seen")) if item.id in self._seen else item

    def open_proposals(self) -> list[Proposal]:
        """The pairs of codes that nobody made one."""
        return [one for one in self.proposals if self._proposal(one).said != _("one code")]

    @property
    def changed(self) -> bool:
        """Whether something was decided here."""
        return bool(self._past)

    # What can be done

    def choices(self, item: Item) -> tuple[str, ...]:
        """What can be decided: `ours`, `theirs`, `base`, `text`, `merge`; `seen` for what needs no decision."""
        if isinstance(item.about, Proposal):
            return ("merge", "seen")
        if isinstance(item.about, Check):
            return ("seen",)
        without_base = self.base is None and item.about.base is None
        editable = text_to_edit(item.about, None) is not None or item.about.field in ("valence", "parent")
        return tuple(
            choice
            for choice in item.about.choices
            if not (choice == "base" and without_base) and not (choice == "text" and not editable)
        )

    def decide(self, item: Item, decision: Decision) -> None:
        """Decide a conflict, or that two codes are one. Raises what `merge` raises; then nothing is decided."""
        about = item.about
        key = about.key if isinstance(about, Conflict) else (about.code, "")
        self._note(item)
        self.decisions[key] = decision
        try:
            self._merge()
        except BaseException:
            self.undo()
            raise

    def look(self, item: Item) -> None:
        """Note that somebody has looked at a check, or at two codes that are to stay two."""
        self._note(item)
        self._seen.add(item.id)
        if isinstance(item.about, Proposal) and item.state is State.DONE:
            self.decisions.pop((item.about.code, ""), None)
        self._merge()

    def _note(self, item: Item) -> None:
        self._past.append((item.id, dict(self.decisions), set(self._seen)))

    def undo(self) -> str | None:
        """Take the last decision back; gives the id of what it was about, None where there is none."""
        if not self._past:
            return None
        about, self.decisions, self._seen = self._past.pop()
        self._merge()
        return about

    # What is to be read

    def sides(self, item: Item) -> list[Side]:
        """The columns: ours, theirs and the base; for a proposal both codes."""
        about = item.about
        if isinstance(about, Proposal):
            texts = [self.entry(code, (self.merged.codebook,)) for code in (about.code, about.other)]
            return [Side(about.code, texts[0], texts[0]), Side(about.other, texts[1], texts[1])]
        if isinstance(about, Check):
            fields = tuple(dict.fromkeys((*about.ours, *about.theirs)))
            values = [self._fields(book, about.code, fields) for book in (self.ours, self.theirs, self.base)]
        else:
            values = [shown(about, value) for value in (about.ours, about.theirs, about.base)]
        ours, theirs, base = values
        if self.base is None:
            return [Side(_("ours"), ours, theirs), Side(_("theirs"), theirs, ours)]
        # in the base stand out the words that a side no longer has
        return [Side(_("ours"), ours, base), Side(_("theirs"), theirs, base), Side(_("base"), base, base)]

    def _fields(self, book: Codebook | None, code: str, names: Sequence[str]) -> str:
        found = book.by_id.get(code) if book is not None else None
        values: Flat = flat.of_code(found) if found is not None else {}
        names = names or tuple(name for name in ("parent", "merged_into", "retired") if name in values)
        return "\n".join(f"{diff_words.field_name(name)}: {diff_words.value(values.get(name))}" for name in names)

    def entry(self, code: str, books: Sequence[Codebook | None]) -> str:
        """A code as it stands in the file of the first of `books` that has it; empty where none has."""
        found = next((book.by_id[code] for book in books if book is not None and code in book.by_id), None)
        return "\n".join(write.entry_lines(found, codable=found.codable)) if found is not None else ""

    def preview(self, item: Item) -> Side:
        """What becomes of the code, or of the field of the codebook itself, compared with the base (else with ours)."""
        code, before = item.about.code, self.base or self.ours
        if code:
            now = self.entry(code, (self.merged.codebook,))
            return Side(code, now or _("The code is not in the merged codebook."), self.entry(code, (before,)))
        name = item.about.field if isinstance(item.about, Conflict) else ""
        values = []
        for book in (self.merged.codebook, before):
            order = [one.id for one in book.codes]
            values.append(listed(order) if name == ORDER else told(name, flat.of_head(book).get(name)))
        return Side(diff_words.field_name(name), *values)

    def line_of(self, item: Item) -> int:
        """The line of the preview, counted from 0, in which the field of a conflict begins; 0 where it has none."""
        about = item.about
        lines = self.entry(about.code, (self.merged.codebook,)).splitlines()
        if not isinstance(about, Conflict) or not about.field:
            return 0
        column, _dot, key = about.field.partition(".")
        names = {"examples": "example", "links": key, "extra": key}
        first = _line_with(lines, f"{names.get(column, column)}:", 0)
        return _line_with(lines, f"{key}:", first) if key and column in flat.TEXTS else first

    def undecided(self, code: str) -> int:
        """How many conflicts of a code (empty: of the codebook itself) are still to decide."""
        return sum(conflict.code == code for conflict in self.merged.conflicts)


def _line_with(lines: Sequence[str], begin: str, start: int) -> int:
    at = (at for at in range(start, len(lines)) if lines[at].strip().startswith(begin))
    return next(at, start)


def choice_name(decision: Decision) -> str:
    """A decision in a word or two."""
    return {
        "ours": _("ours"),
        "theirs": _("theirs"),
        "base": _("base"),
        "text": _("own text"),
        "merge": _("merged into {other}").format(other=decision.value),
    }[decision.choice]


def shown(conflict: Conflict, value: Any) -> str:
    """What one side of a conflict says, in as many lines as it takes."""
    if conflict.field == "":
        if value is None:
            return _("deleted")
        return "\n".join(
            f"{diff_words.field_name(name)}: {diff_words.value(one)}"
            for name, one in value.items()
            if stem(name) not in ("version", "uuid")
        )
    return listed(value or ()) if conflict.field == ORDER and not conflict.code else told(conflict.field, value)


def told(name: str, value: Any) -> str:
    """The value of a field as people read and write it: texts as they are, lists with a line for each thing."""
    if isinstance(value, str) and name != "valence":
        return value
    if name == "examples" and value:
        return listed(f"{one['valence']} {one['language']}: {one['text']}" for one in value)
    if stem(name) in _LISTS and value:
        return listed(value)
    return str(value) if name == "valence" and value else diff_words.value(value)


def listed(lines: Any) -> str:
    """One line for each."""
    return "\n".join(str(line) for line in lines)


def text_to_edit(conflict: Conflict, decided: Decision | None) -> str | None:
    """What to begin editing with: the text decided before, else ours, else theirs; None: it is not edited as text."""
    values = [conflict.ours, conflict.theirs, conflict.base]
    if decided is not None and decided.choice == "text":
        values.insert(0, decided.value)
    if not _is_text(conflict.field, values):
        return None
    value = next((one for one in values if one not in (None, "", [])), None)
    return told(conflict.field, value) if value is not None else ""


def _is_text(name: str, values: Sequence[Any]) -> bool:
    if name == "":
        return False
    if name == "examples" or stem(name) in (*_LISTS, *_LINES):
        return True
    return name != "valence" and stem(name) == "extra" and all(one is None or isinstance(one, str) for one in values)


def from_text(name: str, text: str) -> Any:
    """The value of a field that somebody wrote as `told` shows it.

    Raises:
        NotAllowed: an example does not say its direction and language.
    """
    lines = [line.strip() for line in text.splitlines() if line.strip()]
    if name == "examples":
        return [_example(line) for line in lines]
    return lines if stem(name) in _LISTS else text.strip()


def _example(line: str) -> Mapping[str, str]:
    head, colon, text = line.partition(":")
    direction, _space, language = head.strip().partition(" ")
    if not colon or direction not in set(Valence) or not language.strip().isalpha() or not text.strip():
        raise NotAllowed(
            _("“{line}” is not an example").format(line=line),
            _("Write direction, language, colon, text, as in: {example}").format(example="barrier nb: …"),
        )
    return {"valence": direction, "language": language.strip(), "text": text.strip()}
