"""The lists at the sides: interviews and suggestions."""

from collections.abc import Mapping, Sequence

from textual.content import Content
from textual.widgets import OptionList
from textual.widgets.option_list import Option

from ipscoding.analysis.names import role_group
from ipscoding.domain import Document, Transcript, Valence
from ipscoding.i18n import _
from ipscoding.suggest import Suggestion
from ipscoding.tui.suggesting import key_of
from ipscoding.tui.words import NOT_STARTED, STATUS_SIGNS

_BANDS = {"strong": "++", "medium": "+ ", "weak": "  "}


class SideList(OptionList):
    """A list at the side; what is highlighted stays so when it is filled anew."""

    DEFAULT_CSS = """
    SideList {
        height: 1fr; max-height: 100%; border: none; border-top: solid $primary 40%; padding: 0 1;
        background: $panel 40%; scrollbar-size-vertical: 1; text-wrap: nowrap; text-overflow: ellipsis;
        border-title-color: $foreground; border-title-style: bold;
        &:focus { border: none; border-top: solid $primary; background-tint: $foreground 3%; }
        & > .option-list--option-disabled { color: $foreground 70%; text-style: bold; }
    }
    """

    def fill(self, options: Sequence[Option], *, highlight: str | None = None) -> None:
        """Show `options`, with `highlight` (else the one of before) highlighted."""
        before = self.highlighted
        kept = highlight
        if kept is None and before is not None and before < self.option_count:
            kept = self.get_option_at_index(before).id
        self.set_options(options)
        ids = [option.id for option in options]
        if kept in ids:
            self.highlighted = ids.index(kept)
        elif before is not None and options:
            self.highlighted = min(before, len(options) - 1)


class DocumentList(SideList):
    """The interviews by role, each with this coder's progress."""

    def show(self, documents: Sequence[Document], statuses: Mapping[str, str], current: str | None) -> None:
        """Fill the list; `statuses` by document id, absent where nothing was begun."""
        done = sum(statuses.get(document.id) == "done" for document in documents)
        self.border_title = _("Interviews: {done}/{n} done").format(done=done, n=len(documents))
        options: list[Option] = []
        for role in dict.fromkeys(sorted((document.role for document in documents), key=lambda role: (not role, role))):
            options.append(Option(role_group(role), disabled=True))
            options += [
                Option(self._line(document, statuses.get(document.id, ""), current), id=document.id)
                for document in documents
                if document.role == role
            ]
        self.fill(options, highlight=current)

    @staticmethod
    def _line(document: Document, status: str, current: str | None) -> Content:
        style = "bold $text-primary" if document.id == current else ""
        return Content.assemble(f" {STATUS_SIGNS.get(status, NOT_STARTED)} ", (document.name, style))


class SuggestionList(SideList):
    """The open suggestions of the interview by place."""

    def show(
        self, suggestions: Sequence[Suggestion], names: Mapping[str, str], transcript: Transcript, nothing: str
    ) -> None:
        """Fill the list, or say why there is `nothing` in it."""
        self.border_title = _("Suggestions: ++ strong, + medium")
        if not suggestions:
            self.set_options([Option(nothing, disabled=True)])
            return
        options = []
        for suggestion in suggestions:
            turn = transcript.turn_at(suggestion.span.start)
            line = Content.assemble(
                (f"{turn.number if turn else '':>3} ", "dim"),
                (f"{_BANDS[suggestion.band]} ", "bold"),
                Valence(suggestion.valence).sign,
                f" {names.get(suggestion.code, suggestion.code)}",
            )
            options.append(Option(line, id=key_of(suggestion)))
        self.fill(options)
