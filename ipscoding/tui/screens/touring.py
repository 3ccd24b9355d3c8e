"""The tour on the coding screen: shown once to somebody new, later by command."""

from textual import on

from ipscoding.tui.screens.viewing import Viewing
from ipscoding.tui.widgets.here import HerePanel
from ipscoding.tui.widgets.tour import Moment, Tour

_LOOK_SECONDS = 0.2


class Touring(Viewing):
    """The part of the coding screen that shows newcomers round."""

    def on_mount(self) -> None:
        """Begin the tour, the first time that this user is here."""
        tour = Tour(self._moment, id="tour")
        self.query_one("#middle").mount(tour, before=self.query_one(HerePanel))
        self.set_interval(_LOOK_SECONDS, tour.look)
        likes = self.preferences
        if likes.path is not None and not likes.toured:
            self.call_after_refresh(self.action_tour)

    def action_tour(self) -> None:
        """Begin the tour, where there is something to code."""
        if self.desk.document is not None:
            self.query_one(Tour).begin()

    def action_tour_skip(self) -> None:
        """Go on to the next step."""
        self.query_one(Tour).skip()

    def action_tour_end(self) -> None:
        """Leave the tour."""
        self.query_one(Tour).end()

    @on(Tour.Ended)
    def _tour_ended(self) -> None:
        self.preferences.keep(toured=True)

    def _moment(self) -> Moment:
        mine = [coding for coding in self.desk.codings if self.desk.mine(coding)]
        last = self.desk.next_undo()
        view, focused = self.view, self.focused
        return Moment(
            cursor=view.cursor,
            unit=str(view.unit),
            selected=len(view.selected),
            codings=len(mine),
            valences=tuple(str(coding.valence) for coding in mine),
            memos=sum(bool(coding.memo) for coding in mine),
            act=last.id if last is not None else "",
            current=self.current,
            panel="" if focused is None or focused is view else focused.id or "",
            screen=type(self.app.screen).__name__,
        )
