"""From the coding screen to search, retrieval, figures and comparing, and back to the passage found there."""

from typing import TYPE_CHECKING

from textual import work

from ipscoding.domain import Span
from ipscoding.tui.finding import Finding
from ipscoding.tui.passages import Asked
from ipscoding.tui.screens.base import CodingBase
from ipscoding.tui.screens.listing import ListScreen

if TYPE_CHECKING:
    from ipscoding.tui.screens.compare import CompareScreen
    from ipscoding.tui.screens.dashboard import DashboardScreen


class Looking(CodingBase):
    """The part of the coding screen that looks beyond the interview; what was asked is kept for the next time."""

    finding: Finding | None = None
    asked: Asked | None = None

    @work(exclusive=True, group="ask")
    async def action_search(self) -> None:
        """Search all interviews."""
        from ipscoding.tui.screens.search import SearchScreen

        screen = SearchScreen(self.desk, self.finding)
        self.finding = screen.finding
        await self._look(screen)

    @work(exclusive=True, group="ask")
    async def action_retrieval(self) -> None:
        """Show all passages with a code: the one asked for last, else the one at the cursor."""
        from ipscoding.tui.screens.retrieval import RetrievalScreen

        if self.asked is None:
            here = self.here()
            current = next((coding.code for coding in here if coding.id == self.current), "")
            self.asked = Asked(code=current or (here[0].code if here else ""))
        await self._look(RetrievalScreen(self.desk, self.asked))

    @work(exclusive=True, group="ask")
    async def action_proposals(self) -> None:
        """Show the passages of all interviews that the engine points at: like the coding here, else the least sure."""
        from ipscoding.tui.proposals import Kind, Wish
        from ipscoding.tui.screens.proposals import ProposalsScreen

        coding = next((one for one in self.here() if one.id == self.current), next(iter(self.here()), None))
        wish = Wish(Kind.LIKE_CODING, coding.code, coding.id) if coding is not None else Wish()
        await self._look(ProposalsScreen(self.desk, self.assistant.engine, wish))

    @work(exclusive=True, group="ask")
    async def action_dashboard(self) -> None:
        """Show how often every code hinders and helps."""
        from ipscoding.tui.screens.dashboard import DashboardScreen

        await self._look(DashboardScreen(self.desk))

    @work(exclusive=True, group="ask")
    async def action_compare(self) -> None:
        """Show two coders side by side on the interview."""
        from ipscoding.tui.screens.compare import CompareScreen

        await self._look(CompareScreen(self.desk))

    @work(exclusive=True, group="ask")
    async def action_adjudicate(self) -> None:
        """Decide what coders differ on, in all interviews."""
        from ipscoding.tui.screens.adjudication import AdjudicationScreen

        await self._look(AdjudicationScreen(self.desk))

    async def _look(self, screen: "ListScreen | DashboardScreen | CompareScreen") -> None:
        await self.app.push_screen_wait(screen)
        with self.told():
            self.reload()
            place = screen.gone_to
            if place is not None:
                here = self.desk.document
                if here is None or here.id != place.document_id:
                    self.open_document(place.document_id, place.offset)
                span = Span(place.offset or 0, place.end)
                if place.coding_id and all(coding.id != place.coding_id for coding in self.desk.shown):
                    # whoever asks for another coder's passage wants to see it as coded
                    self.desk.show_others = True
                    self.show_work()
                self._hits, self._query, self.current = list(place.hits), place.query, place.coding_id
                self.view.set_hits(self._hits, span if self._hits else None)
                self.view.select(span, centre=True)
                self.view.focus_mark(self.current)
                self.show_here()
            self.view.focus()
