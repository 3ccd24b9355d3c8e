"""Periods as groups: interviews before and after a date, or within the periods of a file."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import date, timedelta

from ipscoding.domain import Document, Informant
from ipscoding.errors import NotFound
from ipscoding.i18n import _

PERIOD = "period"
"""What the dimension of periods is called, beside `role` and informants' attributes."""


@dataclass(frozen=True, slots=True)
class Period:
    """A named stretch of days; `first` and `last` are part of it, None is open."""

    name: str
    first: date | None
    last: date | None

    def holds(self, day: date) -> bool:
        """Whether `day` lies in it."""
        return (self.first is None or self.first <= day) and (self.last is None or day <= self.last)


def day_of(text: str) -> date | None:
    """The day that `text` (2026-03-01) names; None where it names none."""
    try:
        return date.fromisoformat(text.strip())
    except ValueError:
        return None


def split(text: str) -> tuple[Period, Period]:
    """The time before the day `text` and the time from it on. Raises `NotFound` where it is no date."""
    day = day_of(text)
    if day is None:
        raise NotFound(_("“{text}” is not a date").format(text=text), _("Write it as 2026-03-01"))
    return (
        Period(_("before {date}").format(date=day), None, day - timedelta(days=1)),
        Period(_("from {date}").format(date=day), day, None),
    )


def period_of(document: Document, periods: Sequence[Period]) -> str:
    """The name of the period in which an interview was made; empty for none, or where its date is not known."""
    day = day_of(document.date)
    return next((period.name for period in periods if day is not None and period.holds(day)), "")


def in_periods(documents: Iterable[Document], periods: Sequence[Period]) -> list[Document]:
    """The documents with their period as an attribute."""
    return [
        replace(document, attributes={**document.attributes, PERIOD: period_of(document, periods)})
        for document in documents
    ]


def without_own(informants: Iterable[Informant]) -> list[Informant]:
    """The informants without an attribute of their own that is called as the dimension is."""
    return [
        replace(person, attributes={name: value for name, value in person.attributes.items() if name != PERIOD})
        for person in informants
    ]
