"""What somebody wants of a report."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from ipscoding.analysis.names import hint
from ipscoding.errors import NotAllowed, NotFound
from ipscoding.exchange.pseudonyms import Pseudonyms
from ipscoding.i18n import N_, _

PARTS: Mapping[str, str] = {
    "study": N_("The study"),
    "informants": N_("Informants"),
    "method": N_("How the interviews were coded"),
    "frequencies": N_("Barriers and facilitators"),
    "triangulation": N_("What groups have in common, and where they differ"),
    "saturation": N_("Saturation"),
    "quotes": N_("Quotes"),
    "agreement": N_("Agreement between coders"),
    "coreq": N_("COREQ: checklist for interview studies"),
    "srqr": N_("SRQR: checklist for qualitative research"),
    "codebook": N_("Codebook"),
    "settings": N_("Software and settings"),
}
"""The parts of a report in their order, each with its heading (to be translated)."""


@dataclass(frozen=True, slots=True)
class Wanted:
    """What a report shall hold.

    Args:
        coders: whose codings figures count; empty: the consensus layer where there is one, else each coder apart.
        pooled: unite the coders' codings instead.
        where: a query that limits what is reported on.
        min_cell: hide figures that rest on fewer informants than this; 0 hides nothing.
        quotes: how many quotes of each code; 0: none.
        pseudonyms: what informants are called.
        parts: only these of `PARTS`; empty: all.
        date: the day of the report (`2026-01-31`); empty: the day of the project's last act.
        title: of the report; empty: made of the project's name.

    Raises `NotFound` for a part that does not exist, `NotAllowed` for what is no date.
    """

    coders: tuple[str, ...] = ()
    pooled: bool = False
    where: str = ""
    min_cell: int = 0
    quotes: int = 2
    pseudonyms: Pseudonyms = "role"
    parts: tuple[str, ...] = ()
    date: str = ""
    title: str = ""

    def __post_init__(self) -> None:
        unknown = [part for part in self.parts if part not in PARTS]
        if unknown:
            raise NotFound(
                _("No such part of a report: {names}").format(names=", ".join(unknown)), hint(unknown, PARTS)
            )
        if self.date:
            try:
                fine = date.fromisoformat(self.date).isoformat() == self.date
            except ValueError:
                fine = False
            if not fine:
                raise NotAllowed(
                    _("“{text}” is not a date").format(text=self.date),
                    _("Write it as {date}").format(date="2026-03-01"),
                )

    def has(self, part: str) -> bool:
        """Whether the report has this part."""
        return (not self.parts or part in self.parts) and (part != "quotes" or self.quotes > 0)
