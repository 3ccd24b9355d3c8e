"""A user's own keys: `keymap.toml` in the user's folder gives actions other keys.

    [keys]
    undo = "ctrl+z"
    "coding.next" = ["+", "f9"]
    quit = []

What is wrong in it is named in a line and left out; everything else holds.
"""

import re
import tomllib
import unicodedata
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from pathlib import Path

from textual.keys import Keys

from ipscoding.i18n import _
from ipscoding.tui.actions import Action
from ipscoding.tui.preferences import folder

_NAMED = {str(key.value) for key in Keys}
_MODIFIER = re.compile(r"(ctrl|alt|shift|super)\+(?=.)")
# Terminals send these as other keys.
_NOT_FREE = ("ctrl+h", "ctrl+i", "ctrl+j", "ctrl+m")
# Textual's names where they are not those of Unicode.
_OTHERWISE = {
    "solidus": "slash",
    "reverse_solidus": "backslash",
    "commercial_at": "at",
    "hyphen_minus": "minus",
    "plus_sign": "plus",
    "low_line": "underscore",
}
_NAME_OF = {
    character: _OTHERWISE.get(name, name)
    for character in map(chr, (*range(0x20, 0x7F), *range(0xA0, 0x180)))
    if not character.isalnum() and (name := re.sub("[ -]", "_", unicodedata.name(character).lower()))
}
_CHARACTER = {name: character for character, name in _NAME_OF.items()}
_WRITTEN = {
    "pagedown": "PgDn",
    "pageup": "PgUp",
    "escape": "Esc",
    "right": "→",
    "left": "←",
    "up": "↑",
    "down": "↓",
}


@dataclass
class Keymap:
    """Keys by action id, and what was wrong in the file."""

    keys: dict[str, tuple[str, ...]] = field(default_factory=dict)
    faults: list[str] = field(default_factory=list)


def read(actions: Iterable[Action], path: Path | None = None) -> Keymap:
    """The keys of `path` (by default `keymap.toml` in the user's folder) for `actions`; empty without such a file."""
    path = path or folder() / "keymap.toml"
    try:
        wanted = tomllib.loads(path.read_text(encoding="utf-8-sig")).get("keys", {})
    except FileNotFoundError:
        return Keymap()
    except (OSError, ValueError) as error:
        return Keymap(faults=[_("{name} cannot be read: {why}").format(name=path.name, why=error)])
    if not isinstance(wanted, Mapping):
        return Keymap(faults=[_("{name}: [keys] should be a table").format(name=path.name)])
    return _checked(list(actions), wanted)


def _checked(actions: list[Action], wanted: Mapping[str, object]) -> Keymap:
    made, known = Keymap(), {action.id for action in actions}
    for action_id, value in wanted.items():
        keys = [value] if isinstance(value, str) else value
        if action_id not in known:
            made.faults.append(_("{id}: there is no such action").format(id=action_id))
        elif not isinstance(keys, list) or not all(isinstance(key, str) for key in keys):
            made.faults.append(_("{id}: a key, or a list of keys, is wanted").format(id=action_id))
        elif unknown := [key for key in keys if key_name(key) is None]:
            made.faults.append(_("{id}: {key} is not a key").format(id=action_id, key=unknown[0]))
        else:
            made.keys[action_id] = tuple(name for key in keys if (name := key_name(key)))
    while (double := _double(made, actions)) is not None:
        action_id, key, other = double
        del made.keys[action_id]
        made.faults.append(_("{id}: {key} is the key of {other}").format(id=action_id, key=written(key), other=other))
    return made


def _double(made: Keymap, actions: list[Action]) -> tuple[str, str, str] | None:
    """An action of the user's, its key, and the other action that has this key already."""
    holders: dict[tuple[bool, str], str] = {}
    for action in sorted(actions, key=lambda action: action.id in made.keys):
        for key in made.keys.get(action.id, tuple(action.first_keys.split(","))):
            # the codebook has keys of its own, which go before those of the screen
            other = holders.setdefault((action.in_codes, key), action.id)
            if key and other != action.id and action.id in made.keys:
                return action.id, key, other
    return None


def key_name(key: str) -> str | None:
    """Textual's name of a key that may be written as its character (`+`, `ctrl+z`, `f9`); None for what is no key."""
    key = key.strip()
    if key.lower() in _NOT_FREE:
        return None
    modifiers = ""
    while match := _MODIFIER.match(key):
        modifiers, key = modifiers + match[0], key[match.end() :]
    key = _NAME_OF.get(key, key)
    known = (len(key) == 1 and key.isalnum()) or key in _NAMED or key in _CHARACTER
    return modifiers + key if key and known else None


def written(key: str) -> str:
    """A key as people write it: `ctrl+f` is Ctrl+F."""
    *modifiers, last = key.split("+")
    if last in _WRITTEN:
        last = _WRITTEN[last]
    elif len(last) > 1:
        last = _CHARACTER.get(last, "").strip() or last.capitalize()
    elif modifiers:
        last = last.upper()
    return "+".join([*(modifier.capitalize() for modifier in modifiers), last])
