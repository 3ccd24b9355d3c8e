"""Phrase banks: invented spoken utterances per code and direction, from which suggestions start."""

import unicodedata
from dataclasses import dataclass
from pathlib import Path

from ipscoding.codebook.faults import Faults
from ipscoding.codebook.source import text_of
from ipscoding.codebook.tree import Place
from ipscoding.domain import Valence
from ipscoding.i18n import _

COLUMNS = ("code", "valence", "norm", "text")
"""What a phrase bank must have; further columns are ignored."""


@dataclass(frozen=True, slots=True)
class Phrase:
    """Something that could be said: `norm` is `nb`, `nn` or `dia` (dialect or colloquial), or another language."""

    code: str
    valence: Valence
    norm: str
    text: str


def read_phrases(path: Path) -> list[Phrase]:
    """The phrases in a tab-separated file with the header `code valence norm text`, in the order of the file.

    Raises:
        FileProblem: the file cannot be opened or has faults; the first is named, the others are counted.
    """
    faults = Faults()
    text = text_of(path, faults)
    phrases = _phrases(text, faults) if text is not None else []
    grave = faults.grave()
    if grave:
        from ipscoding.codebook.read import problem

        raise problem(path, grave)
    return phrases


def _phrases(text: str, faults: Faults) -> list[Phrase]:
    if not unicodedata.is_normalized("NFC", text):
        text = unicodedata.normalize("NFC", text)
    # Not splitlines: a text may hold a rare line separator, which is no row of the table.
    rows = [row.removesuffix("\r") for row in text.split("\n")]
    header = [name.strip().lower() for name in rows[0].split("\t")]
    missing = [name for name in COLUMNS if name not in header]
    if missing:
        faults.fault(
            Place(1, 1),
            _("the first line must name the columns {columns}, with a tab between them; {missing} is missing").format(
                columns=", ".join(COLUMNS), missing=", ".join(missing)
            ),
        )
        return []
    code, valence, norm, said = (header.index(name) for name in COLUMNS)
    valences = {member.value: member for member in Valence}
    phrases = []
    for number, row in enumerate(rows[1:], 2):
        if not row.strip():
            continue
        cells = row.split("\t")
        if len(cells) != len(header):
            faults.fault(
                Place(number, 1),
                _("{found} columns where the first line has {expected}").format(found=len(cells), expected=len(header)),
            )
        elif cells[valence] not in valences:
            faults.fault(
                Place(number, _column(cells, valence)),
                _("unknown valence “{valence}”; it is one of both, barrier, facilitator, none").format(
                    valence=cells[valence]
                ),
            )
        elif not cells[code].strip() or not cells[said].strip():
            faults.fault(Place(number, 1), _("code or text is empty"))
        else:
            phrases.append(
                Phrase(cells[code].strip(), valences[cells[valence]], cells[norm].strip(), cells[said].strip())
            )
    return phrases


def _column(cells: list[str], index: int) -> int:
    return sum(len(cell) + 1 for cell in cells[:index]) + 1
