"""Everything that can be done on the coding screen: one list for keys, hints, help and the command palette.

Keys stay off AltGr and dead keys of a Norwegian keyboard, and off ctrl+h, ctrl+i, ctrl+j and ctrl+m, which terminals
do not tell from other keys.
"""

from collections.abc import Mapping
from dataclasses import dataclass

from ipscoding.i18n import N_, _

MOVE = N_("Move")
SELECT = N_("Select")
CODE = N_("Code")
CODEBOOK = N_("Codebook")
SUGGEST = N_("Suggestions")
FIND = N_("Find")
LOOK = N_("View")
PROGRAM = N_("Program")
GROUPS = (MOVE, SELECT, CODE, CODEBOOK, SUGGEST, FIND, LOOK, PROGRAM)


@dataclass(frozen=True)
class Action:
    """One thing to do: its id, Textual's names of the keys, how the keys are written, what it is called, what it runs.

    `hint` is its short name at the bottom of the screen (empty: not shown there); `in_text` limits the keys to the
    transcript and `in_codes` to the codebook, so that lists and fields keep theirs; `{key}` in `run` stands for the key
    that was pressed; `palette` says whether the command palette offers it.
    """

    id: str
    first_keys: str
    first_shown: str
    name: str
    group: str
    run: str
    hint: str = ""
    in_text: bool = False
    palette: bool = True
    in_codes: bool = False

    @property
    def keys(self) -> str:
        """Textual's names of its keys, with a comma between them: the user's own, else those it comes with."""
        return _own_keys.get(self.id, (self.first_keys, self.first_shown))[0]

    @property
    def shown(self) -> str:
        """How its keys are written: those that are called by a word, in the language in use."""
        written = _own_keys.get(self.id, (self.first_keys, self.first_shown))[1]
        return " ".join(_(key) if key in _WORDS else key for key in written.split())

    @property
    def short(self) -> str:
        """How the first of its keys is written; empty where it has none."""
        return next(iter(self.shown.split()), "")


_own_keys: dict[str, tuple[str, str]] = {}
_WORDS = (N_("Space"),)  # the other names are on the keys in every country


def use_keys(own: Mapping[str, tuple[str, str]]) -> None:
    """Give actions other keys from now on: by id, Textual's names of the keys and how they are written."""
    _own_keys.clear()
    _own_keys.update(own)


_DIGITS = "1,2,3,4,5,6,7,8,9"


def _move(id: str, keys: str, shown: str, name: str, run: str, group: str = MOVE) -> Action:
    return Action(id, keys, shown, name, group, run, in_text=True, palette=False)


ACTIONS = (
    _move("step.next", "right", "→", N_("Next word, sentence or turn"), "step(1)"),
    _move("step.previous", "left", "←", N_("Previous word, sentence or turn"), "step(-1)"),
    _move("row.down", "down", "↓", N_("Further down"), "row(1)"),
    _move("row.up", "up", "↑", N_("Further up"), "row(-1)"),
    _move("page.down", "pagedown,space", "PgDn", N_("One screen down"), "page(1)"),
    _move("page.up", "pageup", "PgUp", N_("One screen up"), "page(-1)"),
    _move("turn.start", "home", "Home", N_("Beginning of the turn"), "turn_edge(-1)"),
    _move("turn.end", "end", "End", N_("End of the turn"), "turn_edge(1)"),
    _move("text.start", "ctrl+home", "Ctrl+Home", N_("Beginning of the interview"), "document_edge(-1)"),
    _move("text.end", "ctrl+end", "Ctrl+End", N_("End of the interview"), "document_edge(1)"),
    Action("coding.next", "plus", "+", N_("Next coding"), MOVE, "next_coding(1)"),
    Action("coding.previous", "minus", "-", N_("Previous coding"), MOVE, "next_coding(-1)"),
    _move("speaker.next", "ctrl+down", "Ctrl+↓", N_("Next turn of another speaker"), "screen.other_speaker(1)"),
    _move("speaker.previous", "ctrl+up", "Ctrl+↑", N_("Last turn of another speaker"), "screen.other_speaker(-1)"),
    Action("turn.number", "ctrl+g", "Ctrl+G", N_("Go to a turn by its number"), MOVE, "turn_number"),
    Action("gap.next", "h", "h", N_("Next stretch without a coding"), MOVE, "next_gap(1)"),
    Action("gap.previous", "H", "H", N_("Previous stretch without a coding"), MOVE, "next_gap(-1)"),
    Action("unit.word", "w", "w", N_("Go by words"), SELECT, "unit('word')"),
    Action("unit.sentence", "s", "s", N_("Go by sentences"), SELECT, "unit('sentence')"),
    Action("unit.turn", "t", "t", N_("Go by turns"), SELECT, "unit('turn')"),
    Action("unit.character", "z", "z", N_("Go by characters"), SELECT, "unit('character')"),
    _move("extend.right", "shift+right", "Shift+→", N_("Extend the selection forward"), "step(1,True)", SELECT),
    _move("extend.left", "shift+left", "Shift+←", N_("Extend the selection backward"), "step(-1,True)", SELECT),
    _move("extend.down", "shift+down", "Shift+↓", N_("Extend the selection down"), "row(1,True)", SELECT),
    _move("extend.up", "shift+up", "Shift+↑", N_("Extend the selection up"), "row(-1,True)", SELECT),
    Action("extend", "v", "v", N_("Extend with plain arrows, until Esc"), SELECT, "extend"),
    Action("collapse", "escape", "Esc", N_("Back to the text; one unit again; end a search"), SELECT, "collapse"),
    Action("copy", "y", "y", N_("Copy the selected text"), SELECT, "copy"),
    Action("code", "c", "Enter c", N_("Code the selection"), CODE, "code", hint=N_("Code")),
    _move("code.enter", "enter", "Enter", N_("Code the selection"), "screen.code", CODE),
    Action("barrier", "b", "b", N_("The coding is a barrier"), CODE, "valence('barrier')", hint=N_("Valence")),
    Action("facilitator", "f", "f", N_("The coding is a facilitator"), CODE, "valence('facilitator')"),
    Action("both", "g", "g", N_("The coding is both"), CODE, "valence('both')"),
    Action("none", "0", "0", N_("The coding has no direction"), CODE, "valence('none')"),
    Action("digit", _DIGITS, "1–9", N_("Code with the code on this key"), CODE, "digit({key})", palette=False),
    Action("repeat", "j", "j", N_("Code as the last time, with the same valence"), CODE, "repeat"),
    Action("in_vivo", "I", "I", N_("New code in the informant's own words"), CODE, "in_vivo"),
    Action("strength", "S", "S", N_("Strength of the coding: none, 1, 2"), CODE, "strength"),
    Action("memo", "m", "m", N_("Write a memo on the coding"), CODE, "memo", hint=N_("Memo")),
    Action("recode", "e", "e", N_("Give the coding another code"), CODE, "recode"),
    Action("passage", "p", "p", N_("Let the coding cover the selection instead"), CODE, "passage"),
    Action("memo.on", "M", "M", N_("Write a memo on the interview, a code or the project"), CODE, "memo_on"),
    Action("start.back", "left_parenthesis", "(", N_("The coding begins earlier"), CODE, "edge('start',-1)"),
    Action("start.on", "right_parenthesis", ")", N_("The coding begins later"), CODE, "edge('start',1)"),
    Action("end.back", "less_than_sign", "<", N_("The coding ends earlier"), CODE, "edge('end',-1)"),
    Action("end.on", "greater_than_sign", ">", N_("The coding ends later"), CODE, "edge('end',1)"),
    Action("split", "D", "D", N_("Divide the coding at the cursor"), CODE, "split"),
    Action("unite", "F", "F", N_("Fuse the coding with its neighbour of the same code"), CODE, "unite"),
    Action("remove", "x,delete", "x", N_("Remove the coding"), CODE, "remove", hint=N_("Remove")),
    Action("undo", "u", "u", N_("Undo"), CODE, "undo", hint=N_("Undo")),
    Action("redo", "ctrl+r,U", "Ctrl+R", N_("Redo"), CODE, "redo"),
    Action("status", "o", "o", N_("How far you are: not started, coding, done"), CODE, "status"),
    Action(
        "code.this",
        "",
        "Enter",
        N_("Code the selection with the code at the cursor"),
        CODEBOOK,
        "code_this",
        hint=N_("Code"),
        palette=False,
    ),
    Action(
        "code.find",
        "slash,ctrl+f",
        "/ Ctrl+F",
        N_("Search in the codebook"),
        CODEBOOK,
        "find_code",
        hint=N_("Find"),
        in_codes=True,
    ),
    Action(
        "code.edit",
        "e",
        "e",
        N_("Edit, move, merge, split, retire the code …"),
        CODEBOOK,
        "edit_code",
        hint=N_("Edit"),
        in_codes=True,
    ),
    Action("code.new", "n", "n", N_("New code"), CODEBOOK, "new_code", hint=N_("New code"), in_codes=True),
    Action(
        "code.key",
        _DIGITS,
        "1–9",
        N_("Put the code on this key, or free the key"),
        CODEBOOK,
        "bind({key})",
        hint=N_("Key"),
        in_codes=True,
        palette=False,
    ),
    Action("stale", "Q", "Q", N_("Codings to look at again: their code has changed"), CODEBOOK, "stale"),
    Action("revised", "Z", "Z", N_("Codings to look at: the text under them has changed"), CODE, "revised"),
    Action(
        "suggestion.next", "full_stop", ".", N_("Next suggestion"), SUGGEST, "next_suggestion(1)", hint=N_("Suggestion")
    ),
    Action("suggestion.previous", "comma", ",", N_("Previous suggestion"), SUGGEST, "next_suggestion(-1)"),
    Action("accept", "a", "a", N_("Accept the suggestion"), SUGGEST, "accept", hint=N_("Accept")),
    Action("accept.as", "A", "A", N_("Accept with another code or valence"), SUGGEST, "accept_as"),
    Action("reject", "r", "r", N_("Reject the suggestion"), SUGGEST, "reject", hint=N_("Reject")),
    Action("threshold.down", "semicolon", ";", N_("More suggestions, less sure ones too"), SUGGEST, "threshold(-1)"),
    Action("threshold.up", "colon", ":", N_("Fewer suggestions, only surer ones"), SUGGEST, "threshold(1)"),
    Action("proposals", "L", "L", N_("All interviews: more like this, least sure, missed"), SUGGEST, "proposals"),
    Action("blind", "", "", N_("Blind coding on or off"), SUGGEST, "blind"),
    Action("suggest.again", "", "", N_("Work out the suggestions again"), SUGGEST, "suggest_again"),
    Action("find", "slash,ctrl+f", "/ Ctrl+F", N_("Find in the interview"), FIND, "find", hint=N_("Find")),
    Action("find.next", "n", "n", N_("Next hit"), FIND, "next_hit(1)"),
    Action("find.previous", "N", "N", N_("Previous hit"), FIND, "next_hit(-1)"),
    Action("search", "E", "E", N_("Everywhere: search all interviews"), FIND, "search"),
    Action("retrieval", "R", "R", N_("Read all passages with a code"), FIND, "retrieval"),
    Action("bookmark", "B", "B", N_("Bookmark here: set or take away"), FIND, "bookmark"),
    Action("bookmark.note", "W", "W", N_("Write a short note on the bookmark here"), FIND, "note_bookmark"),
    Action("bookmark.next", "f2", "F2", N_("Next bookmark in the interview"), FIND, "next_bookmark"),
    Action("bookmarks", "f3", "F3", N_("All bookmarks"), FIND, "bookmarks"),
    Action("documents", "d", "d", N_("Interviews: go there, or hide them"), LOOK, "panel('documents')"),
    Action("codebook", "k", "k", N_("Codebook: go there, or hide it"), LOOK, "panel('codes')"),
    Action("suggestions", "i", "i", N_("Suggestions: go there, or hide them"), LOOK, "panel('suggestions')"),
    Action("others", "l", "l", N_("Others' codings: show or hide"), LOOK, "others"),
    Action("overview", "O", "O", N_("Overview: interviews by coder, informants"), LOOK, "overview"),
    Action("history", "J", "J", N_("History: all acts, to walk and to take back"), LOOK, "history"),
    Action("dashboard", "T", "T", N_("Tallies: how often every code hinders and helps"), LOOK, "dashboard"),
    Action("compare", "C", "C", N_("Compare two coders side by side"), LOOK, "compare"),
    Action("adjudicate", "K", "K", N_("Consensus: decide what coders differ on"), LOOK, "adjudicate"),
    Action("conflicts", "V", "V", N_("Conflicts from a merge: decide what people said differently"), LOOK, "conflicts"),
    Action("marks", "f6", "F6", N_("Marks: tinted, only in the margin, none"), LOOK, "marks"),
    Action("stripes", "f7", "F7", N_("Choose which codings are drawn"), LOOK, "stripes"),
    Action("stand_out", "f8", "F8", N_("Let the code here stand out, the others fade"), LOOK, "stand_out"),
    Action("signs", "", "", N_("Plain signs [ | ] everywhere, or drawn ones"), LOOK, "signs"),
    Action("pane.smaller", "ctrl+left", "Ctrl+←", N_("Make the pane smaller"), LOOK, "resize(-1)"),
    Action("pane.larger", "ctrl+right", "Ctrl+→", N_("Make the pane larger"), LOOK, "resize(1)"),
    Action("pane.next", "tab", "Tab", N_("Next pane"), LOOK, "app.focus_next", palette=False),
    Action("theme", "", "", N_("Colours"), LOOK, "app.change_theme"),
    Action("help", "f1,question_mark", "F1 ?", N_("Help"), PROGRAM, "help", hint=N_("Help")),
    Action("tour", "", "", N_("A tour in ten steps"), PROGRAM, "tour"),
    Action("tour.skip", "f9", "F9", N_("Tour: skip this step"), PROGRAM, "tour_skip", palette=False),
    Action("tour.end", "f4", "F4", N_("Tour: leave it"), PROGRAM, "tour_end", palette=False),
    Action("palette", "ctrl+p", "Ctrl+P", N_("All commands"), PROGRAM, "app.command_palette", palette=False),
    Action("quit", "q,ctrl+q", "q", N_("Quit"), PROGRAM, "app.quit"),
)

BY_ID = {action.id: action for action in ACTIONS}


def in_groups() -> list[tuple[str, list[Action]]]:
    """The groups' names in the language in use, each with its actions in order."""
    return [(_(group), [action for action in ACTIONS if action.group == group]) for group in GROUPS]


def keys_of(action: Action) -> list[str]:
    """Textual's names of the keys of an action."""
    return [key for key in action.keys.split(",") if key]


def table() -> str:
    """All actions by group with their keys, as Markdown; `id` is what a keymap calls them."""
    lines = []
    for group, actions in in_groups():
        lines += [f"### {group}", "", f"| {_('Key')} | {_('What it does')} | id |", "|---|---|---|"]
        for action in actions:
            keys = " ".join(f"`{key}`" for key in action.shown.split()) or _("by command")
            lines.append(f"| {keys} | {_(action.name)} | `{action.id}` |")
        lines.append("")
    return "\n".join(lines)
