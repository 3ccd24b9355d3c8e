"""A code in the one name and the one description that REFI-QDA has for it, made the same whenever it is asked for."""

from collections.abc import Mapping
from typing import Any

_LANGUAGES = ("nb", "nn", "en")
_HEADINGS = {
    "nb": ("Brukes når", "Brukes ikke når", "Eksempel"),
    "nn": ("Blir brukt når", "Blir ikkje brukt når", "Døme"),
    "en": ("Use when", "Do not use when", "Example"),
}
_SIGNS = {"barrier": "▼", "facilitator": "▲", "both": "◆"}


def main_language(fields: Mapping[str, Any]) -> str:
    """The language whose label is the code's name; `fields` are flat, as in the journal."""
    found = [name.removeprefix("label.") for name in fields if name.startswith("label.") and fields[name]]
    return next((one for one in _LANGUAGES if one in found), min(found, default="nb"))


def description_of(fields: Mapping[str, Any]) -> str:
    """Definition, rules and examples of a code for people to read, in its main language; labels in others below."""
    language = main_language(fields)
    include, exclude, example = _HEADINGS.get(language, _HEADINGS["en"])
    parts = [str(fields.get(f"definition.{language}", ""))]
    for heading, name in ((include, "include_when"), (exclude, "exclude_when")):
        if fields.get(f"{name}.{language}"):
            parts.append(f"{heading}: {fields[f'{name}.{language}']}")
    for one in fields.get("examples", ()):
        if one.get("language") == language:
            sign = _SIGNS.get(one.get("valence", ""), "")
            parts.append(f"{example} {sign}".strip() + f": {one.get('text', '')}")
    others = sorted(name for name in fields if name.startswith("label.") and name != f"label.{language}")
    parts += [f"[{name.removeprefix('label.')}] {fields[name]}" for name in others if fields[name]]
    return "\n\n".join(part for part in (one.strip() for one in parts) if part)
