"""Agreement between coders: coefficients, the table of a project, disagreements, and what comes of them.

`coefficients` and `unitizing` are formulas on plain data. `report` makes the table, `entering` gives it a project.
"""

from ipscoding.analysis.agreement.axis import UNITS
from ipscoding.analysis.agreement.entering import Entering, agreement_of, entering, read
from ipscoding.analysis.agreement.measures import DEFAULT, MEASURES
from ipscoding.analysis.agreement.passages import RULES, Overlap
from ipscoding.analysis.agreement.report import Question, Reading, agreement

__all__ = [
    "DEFAULT",
    "MEASURES",
    "RULES",
    "UNITS",
    "Entering",
    "Overlap",
    "Question",
    "Reading",
    "agreement",
    "agreement_of",
    "entering",
    "read",
]
