"""Saturation: when did further interviews bring hardly anything new (Guest, Namey and Chen 2020).

`method` is the arithmetic on numbers of new codes, `order` the band of random orders, `heard` what was said in which
interview, `report` makes the tables, `of_project` gives them a project.
"""

from ipscoding.analysis.saturation.method import BASES, RUNS, THRESHOLDS, Run, Setting, new_codes, reached, runs
from ipscoding.analysis.saturation.of_project import saturation_of
from ipscoding.analysis.saturation.report import PARTS, Asked, saturation

__all__ = [
    "BASES",
    "PARTS",
    "RUNS",
    "THRESHOLDS",
    "Asked",
    "Run",
    "Setting",
    "new_codes",
    "reached",
    "runs",
    "saturation",
    "saturation_of",
]
