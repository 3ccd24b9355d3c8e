"""Everything that can be done on the screens that list passages: search and retrieval. Same form as `actions`.

Keys that stand on the coding screen too mean the same here.
"""

from ipscoding.i18n import N_
from ipscoding.tui.actions import CODE, FIND, LOOK, MOVE, PROGRAM, Action
from ipscoding.tui.screens.beside import EVERYWHERE

MARK = N_("Mark several")


def _move(id: str, keys: str, shown: str, name: str, run: str) -> Action:
    return Action(id, keys, shown, name, MOVE, run, palette=False)


_COMMON = (
    _move("row.down", "down", "↓", N_("Next passage"), "row(1)"),
    _move("row.up", "up", "↑", N_("Previous passage"), "row(-1)"),
    _move("page.down", "pagedown", "PgDn", N_("One screen down"), "page(1)"),
    _move("page.up", "pageup", "PgUp", N_("One screen up"), "page(-1)"),
    _move("edge.first", "home,ctrl+home", "Home", N_("First passage"), "edge(-1)"),
    _move("edge.last", "end,ctrl+end", "End", N_("Last passage"), "edge(1)"),
    Action("open", "enter", "Enter", N_("Go there in the interview"), MOVE, "open", hint=N_("Go")),
    Action("mark", "space", N_("Space"), N_("Mark, or take the mark away"), MARK, "mark", hint=N_("Mark")),
    Action("mark.all", "a", "a", N_("Mark all"), MARK, "mark_all"),
    Action("mark.none", "A", "A", N_("Mark none"), MARK, "mark_none"),
    Action("mark.invert", "i", "i", N_("Mark the others instead"), MARK, "mark_others"),
    Action("more", "plus", "+", N_("More of what was said around"), LOOK, "context(1)"),
    Action("less", "minus", "-", N_("Less of what was said around"), LOOK, "context(-1)"),
    Action("undo", "u", "u", N_("Undo"), CODE, "undo", hint=N_("Undo")),
    Action("redo", "ctrl+r,U", "Ctrl+R", N_("Redo"), CODE, "redo"),
    *EVERYWHERE,
)

SEARCH_ACTIONS = (
    Action("query", "slash,ctrl+f", "/ Ctrl+F", N_("Search for something else"), FIND, "query"),
    Action("mode", "f2", "F2", N_("Words, any inflection, or a regular expression"), FIND, "mode"),
    Action("interviewer", "f3", "F3", N_("What the interviewer said too, or not"), FIND, "interviewer"),
    Action("code", "c", "c", N_("Code the marked hits, or this one"), CODE, "code", hint=N_("Code")),
    Action("extent.hit", "w", "w", N_("Code only the words found"), CODE, "extent('word')"),
    Action("extent.sentence", "s", "s", N_("Code the sentence"), CODE, "extent('sentence')"),
    Action("extent.turn", "t", "t", N_("Code the whole turn"), CODE, "extent('turn')"),
    *_COMMON,
)

RETRIEVAL_ACTIONS = (
    Action("code", "k", "k", N_("Passages with which code"), FIND, "code", hint=N_("Code")),
    Action("filter", "slash,ctrl+f", "/ Ctrl+F", N_("Only some roles, directions, coders, interviews"), FIND,
           "filter", hint=N_("Limit")),
    Action("where", "equals_sign", "=", N_("Ask for passages in the query language"), FIND, "where"),
    Action("everything", "l", "l", N_("No limits any more: all passages of the code"), FIND, "everything"),
    Action("recode", "e", "e", N_("Another code for the marked passages, or this one"), CODE, "recode"),
    Action("barrier", "b", "b", N_("The passage is a barrier"), CODE, "valence('barrier')"),
    Action("facilitator", "f", "f", N_("The passage is a facilitator"), CODE, "valence('facilitator')"),
    Action("both", "g", "g", N_("The passage is both"), CODE, "valence('both')"),
    Action("none", "0", "0", N_("The passage has no direction"), CODE, "valence('none')"),
    Action("memo", "m", "m", N_("Write a memo on the passage"), CODE, "memo"),
    Action("remove", "x,delete", "x", N_("Remove the codings of the marked passages, or of this one"), CODE, "remove"),
    Action("quote", "Q", "Q", N_("Worth quoting, never to be quoted, or no mark: the next of them"), CODE, "quote"),
    Action("save", "ctrl+s", "Ctrl+S", N_("Save what is seen here as a table: Excel or CSV"), PROGRAM, "save"),
    *_COMMON,
)  # fmt: skip

PROPOSAL_ACTIONS = (
    Action("kind", "slash,ctrl+f", "/ Ctrl+F", N_("Look for something else"), FIND, "kind", hint=N_("Look for")),
    Action("code", "k", "k", N_("Passages likely to get which code"), FIND, "code", hint=N_("Code")),
    Action("like", "L", "L", N_("Passages like this one"), FIND, "like"),
    Action("accept", "a", "a", N_("Code the passage so"), CODE, "accept", hint=N_("Accept")),
    Action("accept.as", "A", "A", N_("Code the passage with another code"), CODE, "accept_as"),
    Action("barrier", "b", "b", N_("Code the passage so, as a barrier"), CODE, "accept('barrier')"),
    Action("facilitator", "f", "f", N_("Code the passage so, as a facilitator"), CODE, "accept('facilitator')"),
    Action("both", "g", "g", N_("Code the passage so, as both"), CODE, "accept('both')"),
    Action("none", "0", "0", N_("Code the passage so, without a direction"), CODE, "accept('none')"),
    Action("reject", "r", "r", N_("The code does not belong to the passage"), CODE, "reject", hint=N_("Reject")),
    *(action for action in _COMMON if not action.id.startswith("mark")),
)
