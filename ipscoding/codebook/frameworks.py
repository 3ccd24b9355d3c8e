"""The frameworks that codes are linked to, for figures rolled up by construct, principle or fidelity item."""

import re
from functools import cache
from typing import TYPE_CHECKING

from ipscoding import shipped

if TYPE_CHECKING:
    from ipscoding.domain import Codebook

FRAMEWORKS = {"cfir": "cfir-2", "ips_principle": "ips-principles", "fidelity_item": "ips-fidelity-25"}
"""The field of a code that holds the link, and the shipped codebook it leads to."""

INFORMANTS = "informants"
"""The name of the shipped file of roles and attributes."""

# Our own files keep to one form (a test holds it), so their ids are found without parsing: 100 times faster.
_ENTRY = re.compile(r"^ *- \{?id: \"?([^\s\",]+)\"?,?(?: number: (\d+))?(?:\n +number: (\d+))?", re.MULTILINE)


@cache
def _entries(file: str) -> tuple[tuple[str, str], ...]:
    text = (shipped.codebooks() / f"{file}.yaml").read_text("utf-8")
    text = text[max(text.find("\ndomains:"), 0) :]
    return tuple((found[1], found[2] or found[3] or "") for found in _ENTRY.finditer(text))


@cache
def known_ids(link: str) -> frozenset[str]:
    """The ids that a link of this kind (`cfir`, `ips_principle`, `fidelity_item`) may lead to."""
    return frozenset(identity for identity, _number in _entries(FRAMEWORKS[link]))


@cache
def known_roles() -> frozenset[str]:
    """The ids of the roles in the informants scheme that ships."""
    text = (shipped.codebooks() / f"{INFORMANTS}.yaml").read_text("utf-8")
    roles = text[text.index("\nroles:") : text.index("\nattributes:")]
    return frozenset(re.findall(r"^  - id: \"?([^\s\"]+)", roles, re.MULTILINE))


def numbered(link: str, number: str) -> str:
    """The id of the entry with this number in a framework; the number itself where there is none."""
    return next((identity for identity, own in _entries(FRAMEWORKS[link]) if own == number), number)


@cache
def framework(link: str) -> "Codebook":
    """The framework that links of this kind lead to, as a codebook."""
    from ipscoding.codebook.read import read

    return read(shipped.codebooks() / f"{FRAMEWORKS[link]}.yaml")
