"""The report of a study: figures, pictures, quotes, method and checklists as one page for reading.

`wanted` says what is wanted, `study` what the project holds, `figures` has every figure and what is hidden of them,
the other modules make parts of the page, `write` puts them together.
"""

from ipscoding.exchange.report.wanted import PARTS, Wanted
from ipscoding.exchange.report.write import report_page, write_report

__all__ = ["PARTS", "Wanted", "report_page", "write_report"]
