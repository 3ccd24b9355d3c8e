"""The rows of a table of figures: which there are, in which order, and what readers see of them."""

from collections.abc import Callable, Mapping, Sequence
from itertools import product

from ipscoding.analysis.coders import Coders
from ipscoding.analysis.counting import ANY, Place
from ipscoding.analysis.interviews import Interviews
from ipscoding.analysis.names import natural
from ipscoding.analysis.question import STRENGTHS, Question
from ipscoding.analysis.scheme import Scheme
from ipscoding.analysis.table import Cell
from ipscoding.domain import Valence


class Layout:
    """Which rows there are, in which order, and what stands in them."""

    def __init__(
        self,
        question: Question,
        dimensions: tuple[str, ...],
        interviews: Interviews,
        scheme: Scheme,
        coders: Coders,
        names: Mapping[str, str],
    ) -> None:
        self.question = question
        self.dimensions = dimensions
        self._interviews = interviews
        self._names = names
        self.groups = interviews.groups(question.of_people)
        self._units = scheme.units
        self._coders = [""] if coders.pooled or not coders.names else list(coders.names)
        self._valences = [valence.value for valence in Valence] if question.by_valence else [ANY]
        self._strengths = STRENGTHS if question.by_strength else ("",)
        self._keys: dict[tuple[str, str], dict[str, Cell]] = {}
        self._values = [self.reader(name) for name in dimensions]

    def reader(self, dimension: str) -> Callable[[Place], str]:
        """The function that gives the value a place has for a dimension."""
        if dimension == "coder":
            return lambda place: place.coder
        if dimension == "valence":
            return lambda place: place.valence
        if dimension == "strength":
            return lambda place: place.strength
        if dimension in self.question.of_codes:
            index = self.question.of_codes.index(dimension)
            return lambda place: place.unit[index]
        index = self.question.of_people.index(dimension)
        return lambda place: place.group[index]

    def places(self) -> list[Place]:
        """Every combination of coder, group, code and direction, sorted by the dimensions in their order."""
        everything = [
            Place(*parts) for parts in product(self._coders, self.groups, self._units, self._valences, self._strengths)
        ]
        ranks = [self.ranks(name) for name in self.dimensions]
        readers = self._values
        return sorted(
            everything, key=lambda place: [rank[read(place)] for rank, read in zip(ranks, readers, strict=True)]
        )

    def ranks(self, dimension: str) -> dict[str, int]:
        """The values of a dimension with their place in its order."""
        values: Sequence[str]
        if dimension == "coder":
            values = self._coders
        elif dimension == "strength":
            values = self._strengths
        elif dimension == "valence":
            values = self._valences
        elif dimension in self.question.of_codes:
            index = self.question.of_codes.index(dimension)
            values = sorted((unit[index] for unit in self._units), key=lambda value: value == "")
        else:
            index = self.question.of_people.index(dimension)
            shown = self._interviews.shown
            values = sorted(
                {group[index] for group in self.groups}, key=lambda value: (natural(shown(dimension, value)), value)
            )
        return {value: rank for rank, value in enumerate(dict.fromkeys(values))}

    def keys(self, place: Place) -> dict[str, Cell]:
        """What the row for `place` is about, by column."""
        found: dict[str, Cell] = {}
        for name, read in zip(self.dimensions, self._values, strict=True):
            found |= self.key(name, read(place))
        return found

    def key(self, dimension: str, value: str) -> dict[str, Cell]:
        """What readers see for one value of a dimension, by column."""
        if (dimension, value) not in self._keys:
            self._keys[dimension, value] = self._key(dimension, value)
        return self._keys[dimension, value]

    def _key(self, dimension: str, value: str) -> dict[str, Cell]:
        if dimension in ("code", "domain"):
            return {dimension: value, f"{dimension}_label": self._names.get(value, value)}
        return {dimension: self._interviews.shown(dimension, value) if dimension in self.question.of_people else value}
