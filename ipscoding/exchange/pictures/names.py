"""What stands beside bars and over columns, in the language in use."""

from collections.abc import Mapping, Sequence

from ipscoding.analysis.chart import Bar, Facet
from ipscoding.analysis.names import role_group
from ipscoding.i18n import _


def facet_name(facet: Facet) -> str:
    """Whose interviews, and whose codings where coders are apart."""
    name = _("All informants") if facet.role is None else role_group(facet.role)
    return f"{name} · {facet.coder}" if facet.coder else name


def unit_name(unit: str) -> str:
    """What is counted, as a word in the plural."""
    return {"informants": _("informants"), "segments": _("segments")}[unit]


def rows_of(bars: Sequence[Bar], domains: Mapping[str, str]) -> list[Bar | str]:
    """The bars with the name of a domain before the first of each run of its bars; `domains` are names by id."""
    rows: list[Bar | str] = []
    domain = None
    for bar in bars:
        if domains and bar.domain != domain and bar.domain != bar.id:
            domain = bar.domain
            rows.append(domains.get(domain, domain))
        rows.append(bar)
    return rows
