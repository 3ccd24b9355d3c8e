"""Two coders side by side as they are shown; what can be done there is in `compare`."""

from textual import events, on
from textual.app import ComposeResult
from textual.containers import Container
from textual.content import Content
from textual.widgets import OptionList, Static
from textual.widgets.option_list import Option

from ipscoding.analysis.differences import Comparison, Kind
from ipscoding.domain import Coding
from ipscoding.i18n import _, ngettext, quoted
from ipscoding.project import codings
from ipscoding.tui.colours import HUES
from ipscoding.tui.comparing import SIGNS, Compared, halves, kind_name, view_name
from ipscoding.tui.desk import Desk
from ipscoding.tui.ink import square
from ipscoding.tui.marks import Mark
from ipscoding.tui.screens.beside import BesideScreen, KeyLine
from ipscoding.tui.widgets.compared_lines import ComparedLines
from ipscoding.tui.widgets.line import Line, StatusLine
from ipscoding.tui.widgets.panels import SideList
from ipscoding.tui.words import NOT_STARTED, STATUS_SIGNS, valence_name

_BESIDE_FROM = 150
_LOW = 30


def key_of(comparison: Comparison) -> frozenset[str]:
    """What a comparison is known by when it is read again."""
    return frozenset(coding.id for coding in comparison.codings)


class SideBySide(BesideScreen):
    """The text between the margins of two coders, the list of what was compared, the current one in full."""

    DEFAULT_CSS = """
    SideBySide {
        #coders { height: 1; padding: 0 1; background: $boost; text-wrap: nowrap; text-overflow: ellipsis; }
        #both { height: 1fr; layout: vertical; }
        #compared { height: 1fr; width: 1fr; }
        #differences { height: 10; }
        #current { padding: 0 1; border-top: solid $primary 40%; text-wrap: nowrap;
            text-overflow: ellipsis; height: 3; }
        #nothing { display: none; height: 1fr; padding: 2 4; content-align: center middle; }
        &.-low #differences { height: 7; }
        &.-wide {
            #both { layout: horizontal; }
            #differences { height: 1fr; width: 48; }
        }
    }
    """
    AUTO_FOCUS = "#differences"

    def __init__(self, desk: Desk, document_id: str = "") -> None:
        """`document_id`: the interview to begin with; without it the one that lies open, else the first."""
        super().__init__(desk)
        first = desk.document or next(iter(desk.documents), None)
        self.document_id = document_id or (first.id if first else "")
        self.compared = Compared()
        self.made: dict[tuple[str, str], int] = {}
        self.kept: frozenset[str] = frozenset()

    def compose(self) -> ComposeResult:
        """From top to bottom; the list stands beside the text where there is room."""
        yield Line(id="coders")
        with Container(id="both"):
            yield ComparedLines(id="compared")
            yield SideList(id="differences")
        yield Static(id="nothing", markup=False)
        yield Line(id="current")
        yield StatusLine(id="status")
        yield KeyLine(id="keys")

    def on_mount(self) -> None:
        """Show the keys, then what is compared."""
        self._arrange()
        self.query_one(KeyLine).show(self.ACTIONS)
        super().on_mount()

    @property
    def differences(self) -> SideList:
        """The list of what was compared."""
        return self.query_one("#differences", SideList)

    @property
    def current(self) -> Comparison | None:
        """The comparison that the list stands at."""
        at, shown = self.differences.highlighted, self.compared.shown
        return shown[at] if at is not None and at < len(shown) else None

    def keep(self) -> None:
        """Remember where the list stands, before what is in it changes."""
        if self.current is not None:
            self.kept = key_of(self.current)

    # Reading

    def reload(self) -> None:
        """Read the interview and its codings as they are now."""
        with self.told():
            self.keep()
            self.made = codings.made_by(self.desk.project)
            if all(document.id != self.document_id for document in self.desk.documents):
                self.document_id = self.desk.documents[0].id if self.desk.documents else ""
            if self.document_id:
                self.compared.read(self.desk.project, self.document_id)
            else:
                self.compared = Compared()
            self.show()

    # Showing

    def show(self) -> None:
        """Show what was read, the list where it stood."""
        nothing = self._nothing()
        self.query_one("#nothing", Static).update(nothing)
        self.query_one("#nothing").display = bool(nothing)
        self.query_one("#both").display = not nothing
        self.query_one("#current").display = not nothing
        self._show_coders()
        self._show_status()
        if nothing:
            return
        compared, shown = self.compared, self.compared.shown
        view = self.query_one(ComparedLines)
        view.transcript = compared.transcript
        signs = {coding.id: SIGNS[one.kind] for one in shown for coding in one.codings}
        tinted = [coding.id for one in shown if one.kind is not Kind.AGREE for coding in one.codings]
        left = [self._mark(coding) for one in shown for coding in one.a]
        right = [self._mark(coding) for one in shown for coding in one.b]
        view.show(left, right, signs, tinted=tinted)
        listed = self.differences
        listed.border_title = ngettext("{n} passage", "{n} passages", len(shown)).format(n=len(shown))
        options = [Option(self._line(one), id=str(number)) for number, one in enumerate(shown)]
        listed.set_options(options or [Option(_("Nothing of that kind."), disabled=True)])
        at = next((number for number, one in enumerate(shown) if key_of(one) & self.kept), None)
        if at is None:
            at = next((number for number, one in enumerate(shown) if one.kind is not Kind.AGREE), 0)
        listed.highlighted = at if shown else None
        self._show_current()

    def _mark(self, coding: Coding) -> Mark:
        colour = self.desk.colours.get(coding.code, HUES[0])
        return Mark(coding.id, coding.span, self.desk.name(coding.code), colour, coding.valence, coding.code)

    def _line(self, one: Comparison) -> Content:
        turn = self.compared.transcript.turn_at(one.span.start)
        return Content.assemble(
            (f"{turn.number if turn else '':>4} ", "dim"),
            (f"{SIGNS[one.kind]} ", "bold"),
            square(self, self.desk.colours.get(one.code, "")),
            self.desk.name(one.code),
            (f"  {kind_name(one.kind, self.compared.a, self.compared.b)} {_directions(one)}", "dim"),
        )

    def _show_coders(self) -> None:
        compared = self.compared
        if compared.document is None:
            self.query_one("#coders", Line).say(Content(_("Compare coders")))
            return
        parts: list[Content | str | tuple[str, str]] = [(compared.document.name, "bold")]
        for name, side in ((compared.a, _("left")), (compared.b, _("right"))):
            if name:
                status = compared.statuses.get(name, "")
                n = self.made.get((compared.document.id, name), 0)
                number = ngettext("{n} coding", "{n} codings", n).format(n=n)
                done = "" if status == "done" else ", " + _("not done")
                sign = STATUS_SIGNS.get(status, NOT_STARTED)
                parts += ["   ", (f"{side}: ", "dim"), (f"{sign} {name}", "bold"), (f" ({number}{done})", "dim")]
        self.query_one("#coders", Line).say(Content.assemble(*parts))

    def _show_status(self) -> None:
        compared = self.compared
        parts = [_("Compare coders")]
        if not self._nothing():
            parts += [
                f"{SIGNS[kind]} {n} {kind_name(kind, compared.a, compared.b)}" for kind, n in compared.counts.items()
            ]
            parts.append(view_name(compared.view, compared.a, compared.b) if len(compared.view) < len(Kind) else "")
            parts.append(self.desk.name(compared.code) if compared.code else "")
        elif compared.blind:
            parts.append(_("blind"))
        self.query_one(StatusLine).show(parts, strong=[_("blind")])

    @on(OptionList.OptionHighlighted, "#differences")
    def _show_current(self) -> None:
        one = self.current
        view = self.query_one(ComparedLines)
        if one is None:
            self.query_one("#current", Line).say(Content(""))
            view.point_at((), (), ())
            return
        both, alone = halves(one)
        view.point_at(both, alone, key_of(one))
        self.query_one("#current", Line).say(
            Content("\n").join([self._side(self.compared.a, one.a, one), self._side(self.compared.b, one.b, one)])
        )

    def _side(self, name: str, made: tuple[Coding, ...], one: Comparison) -> Content:
        """What one coder made of the passage, or what else that coder has there."""
        if made:
            texts = [
                (f"{coding.valence.sign} {valence_name(coding.valence)}", self._quote(coding), coding.memo)
                for coding in made
            ]
            parts: list[Content | str | tuple[str, str]] = [(f"{name}: ", "bold")]
            for direction, quote, memo in texts:
                parts += [
                    f"{direction} ",
                    (quoted(quote), "italic"),
                    f"  ✎ {' '.join(memo.split())}" if memo else "",
                    " ",
                ]
            return Content.assemble(*parts)
        others = {
            f"{coding.valence.sign} {self.desk.name(coding.code)}"
            for other in self.compared.all
            for coding in (other.a if name == self.compared.a else other.b)
            if coding.span.overlaps(one.span)
        }
        text = _("has here instead: {codes}").format(codes=", ".join(sorted(others))) if others else _("nothing here")
        return Content.assemble((f"{name}: ", "bold"), (text, "dim"))

    def _quote(self, coding: Coding) -> str:
        text = " ".join(coding.span.of(self.compared.transcript.text).split())
        return text if len(text) <= 60 else f"{text[:34].rstrip()} … {text[-20:].lstrip()}"

    def why_blind(self) -> str:
        """Why nothing of others is shown."""
        return _(
            "Blind coding: others' codings stay hidden until you (o, on the coding screen) and they are done with it."
        )

    def _nothing(self) -> str:
        compared, path = self.compared, self.desk.project.path
        if compared.document is None:
            return _(
                "There are no interviews in this project yet, so there is nothing to compare.\n\n"
                'Leave with Esc and q, then: ipscoding import "{path}" FOLDER'
            ).format(path=path)
        if compared.blind:
            return self.why_blind() + "\n\n" + _("d chooses another interview.")
        if not (compared.a and compared.b):
            who = compared.a or compared.b
            text = _("Only {coder} has coded in {name}.") if who else _("Nobody has coded in {name} yet.")
            text = text.format(coder=who, name=compared.document.name)
            return f"{text}\n\n" + _("Comparing takes codings of two coders. d chooses another interview.")
        if not compared.all:
            return _("Neither {a} nor {b} has coded anything in {name}.").format(
                a=compared.a, b=compared.b, name=compared.document.name
            )
        return ""

    def on_resize(self, event: events.Resize) -> None:
        """Put the list beside the text where there is room, else below it."""
        self._arrange()

    def _arrange(self) -> None:
        self.set_class(self.app.size.width >= _BESIDE_FROM, "-wide")
        self.set_class(self.app.size.height < _LOW, "-low")


def _directions(one: Comparison) -> str:
    """The directions of each side, in signs."""
    sides = ["".join(sorted({coding.valence.sign for coding in side})) for side in (one.a, one.b)]
    return "|".join(dict.fromkeys(side for side in sides if side))
