"""The IPS fidelity scale: its items, and what a total is called. From the file that ships (`ips-fidelity-25.yaml`).

The items, the scores from 1 to 5 and the bands of the total are those of the 25-item scale (2008 item set): 115 to 125
exemplary, 100 to 114 good, 74 to 99 fair, 73 and below not IPS.
"""

import unicodedata
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache, cached_property
from typing import Any

from ipscoding.codebook.frameworks import framework
from ipscoding.domain import in_language

LINK = "fidelity_item"
"""The field of a code that links it to an item."""

LEAST, MOST = 1, 5
"""The scores that an item can get."""


@dataclass(frozen=True, slots=True)
class Item:
    """One item of the scale, with its number on the score sheet."""

    id: str
    number: int
    label: Mapping[str, str]
    section: str

    def name(self, language: str) -> str:
        """What the item is called."""
        return in_language(self.label, language) or self.id


@dataclass(frozen=True, slots=True)
class Band:
    """What totals from `least` to `most` are called."""

    id: str
    least: int
    most: int
    label: Mapping[str, str]

    def name(self, language: str) -> str:
        """What the band is called."""
        return in_language(self.label, language) or self.id


@dataclass(frozen=True)
class Scale:
    """The items in the order of their numbers, and the bands."""

    items: tuple[Item, ...]
    bands: tuple[Band, ...]

    @cached_property
    def by_id(self) -> Mapping[str, Item]:
        """The items by their ids."""
        return {item.id: item for item in self.items}

    @cached_property
    def _by_word(self) -> Mapping[str, Item]:
        known: dict[str, Item] = {}
        for item in self.items:
            for word in (item.id, item.id.removeprefix("fid."), str(item.number), *item.label.values()):
                known.setdefault(_folded(word), item)
        return known

    def item(self, text: str) -> Item | None:
        """The item that somebody means by its id, its number or its label; None for other texts."""
        return self._by_word.get(_folded(text))

    def words(self) -> list[str]:
        """The ids of all items, to find near ones."""
        return [item.id for item in self.items]

    def total(self, scores: Mapping[str, int]) -> int | None:
        """The sum of all items' scores; None where one is missing, since a part of the scale has no bands."""
        return sum(scores[item.id] for item in self.items) if self.by_id.keys() <= scores.keys() else None

    def band(self, total: int | None) -> Band | None:
        """The band in which a total lies; None where there is no total."""
        return next((band for band in self.bands if total is not None and band.least <= total <= band.most), None)


def _folded(text: str) -> str:
    return " ".join(unicodedata.normalize("NFC", text).casefold().split())


@cache
def scale() -> Scale:
    """The scale that ships."""
    book = framework(LINK)
    bands: list[dict[str, Any]] = book.extra["sections"]["score_bands"]
    items = [
        Item(code.id, int(code.extra["number"]), code.label, code.parent or "") for code in book.codes if code.codable
    ]
    return Scale(
        tuple(sorted(items, key=lambda item: item.number)),
        tuple(Band(band["id"], band["min"], band["max"], band["label"]) for band in bands),
    )
