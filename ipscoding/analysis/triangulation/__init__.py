"""Triangulation: what each group of informants says of each code, and where groups agree or differ.

`periods` makes groups of dates, `conditions` are what codes are asked for, `contrast` measures how far groups lie
apart, `report` makes the table, `of_project` gives it a project.
"""

from ipscoding.analysis.triangulation.conditions import KINDS, Condition, condition
from ipscoding.analysis.triangulation.contrast import Compared, Saying, compare
from ipscoding.analysis.triangulation.of_project import triangulation_of
from ipscoding.analysis.triangulation.periods import PERIOD, Period, split
from ipscoding.analysis.triangulation.report import SORTS, Asked, Triangulated, triangulate

__all__ = [
    "KINDS",
    "PERIOD",
    "SORTS",
    "Asked",
    "Compared",
    "Condition",
    "Period",
    "Saying",
    "Triangulated",
    "compare",
    "condition",
    "split",
    "triangulate",
    "triangulation_of",
]
