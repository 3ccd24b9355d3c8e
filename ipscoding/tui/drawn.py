"""The codings that may be seen in an interview: by place, and as marks, without going through all at every key."""

from collections.abc import Mapping, Sequence
from operator import attrgetter

from ipscoding.domain import Codebook, Coding, Span
from ipscoding.i18n import language
from ipscoding.tui.colours import HUES
from ipscoding.tui.marks import Mark
from ipscoding.tui.stretches import Stretches
from ipscoding.tui.stripes import StripeFilter

_ONE_BY_ONE = 50


class Drawn:
    """What was worked out is kept until the codings, or the choice among them, are others."""

    def __init__(self) -> None:
        self._codings: Sequence[Coding] = ()
        self._everyone = False
        self._by_place: Stretches[Coding] | None = None
        self.shown: list[Coding] = []
        self._marks: dict[str, tuple[Coding, Mark]] = {}
        self._names: tuple[Codebook, str] | None = None

    def take(self, codings: Sequence[Coding], me: str, *, everyone: bool) -> list[Coding]:
        """The codings that may be seen: those of `everyone`, or only those of the coder called `me`."""
        if codings is not self._codings or everyone != self._everyone:
            before = self.shown
            self._codings, self._everyone = codings, everyone
            self.shown = [coding for coding in codings if everyone or coding.coder == me]
            self._place(before)
        return self.shown

    def _place(self, before: Sequence[Coding]) -> None:
        """Keep what is known by place in step with the codings; after an act only one or two are others."""
        if self._by_place is None:
            return
        were, are = set(map(id, before)), set(map(id, self.shown))
        gone = [coding for coding in before if id(coding) not in are]
        new = [coding for coding in self.shown if id(coding) not in were]
        if len(gone) + len(new) > _ONE_BY_ONE:
            self._by_place = None
        else:
            self._by_place.change(gone, new)

    def at(self, span: Span) -> list[Coding]:
        """Those of the codings taken last that touch `span`, the shortest first."""
        if self._by_place is None:
            self._by_place = Stretches(self.shown, attrgetter("span"))
        found = self._by_place.touching(span.start, span.end)
        return sorted(found, key=lambda coding: (len(coding.span), coding.span))

    def marks(self, codebook: Codebook, colours: Mapping[str, str], me: str, stripes: StripeFilter) -> list[Mark]:
        """The codings taken last as the view draws them; another coder's bear that coder's name."""
        if self._names != (codebook, language()):
            self._names, self._marks = (codebook, language()), {}
        before, self._marks = self._marks, {}
        names = {code.id: code.name(language()) for code in codebook.codes}
        found = []
        for coding in stripes.choose(self.shown, codebook, me):
            known = before.get(coding.id)
            if known is None or known[0] is not coding:
                name = names.get(coding.code, coding.code)
                mark = Mark(
                    coding.id,
                    coding.span,
                    name if coding.coder == me else f"{coding.coder}: {name}",
                    colours.get(coding.code, HUES[0]),
                    coding.valence,
                    coding.code,
                    coding.coder == me,
                )
                known = (coding, mark)
            self._marks[coding.id] = known
            found.append(known[1])
        return found
