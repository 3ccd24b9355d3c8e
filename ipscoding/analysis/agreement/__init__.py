"""Agreement between coders: coefficients, the table of a project, disagreements, and what comes of them.

`coefficients` and `unitizing` are formulas on plain data. `report` makes the table, `entering` gives it a project.
`disagreements` lists what coders differ on, `deciding` writes what a team decides.
"""

from ipscoding.analysis.agreement.axis import UNITS
from ipscoding.analysis.agreement.deciding import before_and_after, decide, take_over
from ipscoding.analysis.agreement.disagreements import Compared, Standing, disagreements_table, standing
from ipscoding.analysis.agreement.entering import Entering, agreement_of, entering, read
from ipscoding.analysis.agreement.measures import DEFAULT, MEASURES
from ipscoding.analysis.agreement.passages import RULES, Overlap
from ipscoding.analysis.agreement.report import Question, Reading, agreement

__all__ = [
    "DEFAULT",
    "MEASURES",
    "RULES",
    "UNITS",
    "Compared",
    "Entering",
    "Overlap",
    "Question",
    "Reading",
    "Standing",
    "agreement",
    "agreement_of",
    "before_and_after",
    "decide",
    "disagreements_table",
    "entering",
    "read",
    "standing",
    "take_over",
]
