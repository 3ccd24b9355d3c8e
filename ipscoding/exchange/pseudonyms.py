"""What informants are called in what leaves the project: by their name there, or by role and number."""

import re
from collections.abc import Callable, Mapping
from typing import Literal

from ipscoding.analysis.names import natural
from ipscoding.codebook.informants import shipped_scheme
from ipscoding.i18n import _, language
from ipscoding.project import Project, informants

Pseudonyms = Literal["name", "role"]
PSEUDONYMS: tuple[Pseudonyms, ...] = ("name", "role")
"""`name`: as in the project; `role`: role and number, as Jobseeker 1."""

_PARENTHESIS = re.compile(r"\s*\([^)]*\)")


def role_name(role: str) -> str:
    """A role in the language in use, without what stands in brackets; an unknown one as it is written."""
    scheme = {one.id: one for one in shipped_scheme().roles}
    name = scheme[role].name(language()) if role in scheme else role
    return _PARENTHESIS.sub("", name).strip()


def numbered(project: Project) -> Mapping[str, str]:
    """Role and number of each informant, by name.

    Within a role they are numbered by name, all of the project's, so that a filter changes nobody's number. What the
    project calls an informant does not follow from it, but somebody who has the project can find it out.
    """
    names: dict[str, str] = {}
    numbers: dict[str, int] = {}
    for person in sorted(informants.all(project), key=lambda person: natural(person.name)):
        role = role_name(person.role) or _("Informant")
        numbers[role] = numbers.get(role, 0) + 1
        names[person.name] = f"{role[:1].upper()}{role[1:]} {numbers[role]}"
    return names


def caller(project: Project, form: Pseudonyms) -> Callable[[str], str]:
    """What to call an informant by the name in the project; nobody on record is `Informant`."""
    if form == "name":
        return lambda name: name or _("Informant")
    names = numbered(project)
    return lambda name: names.get(name) or _("Informant")
