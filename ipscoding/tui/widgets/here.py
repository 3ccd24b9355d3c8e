"""Below the transcript: what is coded and suggested at the cursor, where the cursor is, which keys help now."""

from collections.abc import Mapping, Sequence

from textual.content import Content

from ipscoding.domain import Coding, Valence
from ipscoding.i18n import _, quoted
from ipscoding.project.memos import Memo
from ipscoding.suggest import Suggestion
from ipscoding.tui.actions import BY_ID
from ipscoding.tui.desk import Desk
from ipscoding.tui.ink import square
from ipscoding.tui.marks import DRAWN
from ipscoding.tui.suggesting import sureness
from ipscoding.tui.widgets.bottom_line import BottomLine
from ipscoding.tui.widgets.line import Line
from ipscoding.tui.words import origin_name, strength_name, valence_name

_VALENCES = ("barrier", "facilitator", "both", "none")
_AT_MOST = 7


class HerePanel(Line):
    """The codings and suggestions at the cursor, in full."""

    DEFAULT_CSS = """
    HerePanel {
        height: 6; padding: 0 1; border-top: solid $primary 40%; background: $background; text-wrap: nowrap;
        text-overflow: ellipsis; border-title-color: $foreground 70%;
    }
    HerePanel.-low { height: 4; }
    """

    def show(
        self,
        desk: Desk,
        codings: Sequence[Coding],
        current: str,
        suggestions: Sequence[Suggestion],
        reasons: Mapping[str, str],
        nothing: str,
        notes: Sequence[Memo] = (),
    ) -> None:
        """Show `codings` (the `current` one marked), `notes` and `suggestions`, or say that there is `nothing` here."""
        lines = [self._coding(desk, coding, current) for coding in codings]
        lines += [self._note(desk, memo) for memo in notes]
        lines += [self._suggestion(desk, suggestion, reasons) for suggestion in suggestions]
        room = max(self.content_size.height, 3)
        if len(lines) > room:
            rest = len(lines) - room + 1
            lines = [*lines[: room - 1], Content.styled(_("and {n} more").format(n=rest), "dim")]
        self.say(Content("\n").join(lines) if lines else Content.styled(nothing, "dim"))

    def _coding(self, desk: Desk, coding: Coding, current: str) -> Content:
        coder = "" if desk.mine(coding) else f"  {coding.coder}"
        origin = "" if coding.origin == "manual" else f"  {origin_name(coding.origin)}"
        memo = " ".join(coding.memo.split())
        strength = f", {strength_name(coding.strength)}" if coding.strength else ""
        return Content.assemble(
            ("▸ " if coding.id == current else "  ", "bold $text-primary"),
            square(self, desk.colours.get(coding.code, "")),
            (f"{coding.valence.sign} {valence_name(coding.valence)}{strength}  ", "bold"),
            desk.name(coding.code),
            (coder, "bold"),
            (f"  {quoted(memo)}" if memo else "", "italic"),
            (f"{origin}  {desk.above(coding.code)}", "dim"),
        )

    @staticmethod
    def _note(desk: Desk, memo: Memo) -> Content:
        coder = "" if memo.coder == desk.project.coder else f"  {memo.coder}"
        return Content.assemble(
            (f"  {DRAWN.note} ", "bold $text-primary"),
            (quoted(" ".join(memo.text.split())), "italic"),
            (coder, "bold"),
            (f"  {memo.origin}" if memo.origin else "", "dim"),
        )

    def _suggestion(self, desk: Desk, suggestion: Suggestion, reasons: Mapping[str, str]) -> Content:
        valence = Valence(suggestion.valence)
        why = reasons.get(suggestion.code, "")
        return Content.assemble(
            ("? ", "bold $text-primary"),
            square(self, desk.colours.get(suggestion.code, "")),
            f"{valence.sign} {valence_name(valence)}  ",
            (desk.name(suggestion.code), "italic"),
            (f"  {sureness(suggestion, desk.learnt_from)}", "dim"),
            (f"  {why}" if why else "", "dim"),
        )


class Hints(BottomLine):
    """At most seven keys that help where the cursor is; a click does the same."""

    def show(
        self, *, coding: bool, suggestion: bool, any_suggestion: bool, searching: bool, empty: bool, codebook: bool
    ) -> None:
        """Choose the hints: there is a coding, a suggestion at the cursor, a suggestion anywhere, hits of a search.

        `codebook`: the keys act on the codebook.
        """
        wanted = ["code.this", "code.edit", "code.key", "code.find", "code.new"] if codebook else ["code"]
        if suggestion and not codebook:
            wanted += ["accept", "reject"]
        if coding and not codebook:
            wanted += ["barrier", "memo", "remove"]
        if searching and not codebook:
            wanted.append("find.next")
        if any_suggestion and not suggestion and not codebook:
            wanted.append("suggestion.next")
        wanted += ["undo"] if codebook else ["undo", "find"]
        shown = ["quit", "help"] if empty else [*wanted[: _AT_MOST - 1], "help"]
        if self._hinted != (shown, self.size.width):
            self._hinted = (shown, self.size.width)
            self.say(self._fitting([self._hint(action_id) for action_id in shown]))

    def _fitting(self, hints: list[Content]) -> Content:
        """As many hints as there is room for, the last one, which is help, always among them."""
        while len(hints) > 2 and sum(hint.cell_length + 3 for hint in hints) - 3 > self.content_size.width > 0:
            hints.pop(-2)
        return Content("   ").join(hints)

    def on_resize(self) -> None:
        """Other hints may fit."""
        if self._hinted[0]:
            self._hinted = (self._hinted[0], self.size.width)
            self.say(self._fitting([self._hint(action_id) for action_id in self._hinted[0]]))

    _hinted: tuple[list[str], int] = ([], 0)

    @staticmethod
    def _hint(action_id: str) -> Content:
        action = BY_ID[action_id]
        keys = " ".join(BY_ID[id].short for id in _VALENCES) if action_id == "barrier" else action.short
        run = action.run.format(key=0)
        run = run if run.startswith(("app.", "screen.")) else f"screen.{run}"
        return Content.from_markup(
            f"[@click={run}][bold $footer-key-foreground]$keys[/] $name[/]",
            keys=keys,
            name=_(action.hint or action.name),
        )
