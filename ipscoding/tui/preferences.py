"""How a coder likes the screen: kept in the user's own folder, never in the project."""

import json
import os
from contextlib import suppress
from dataclasses import asdict, dataclass, field, fields
from pathlib import Path
from typing import Any

from ipscoding.tui.marks import Marking


def folder() -> Path:
    """Where a user's settings lie: `$IPSCODING_HOME`, else the system's folder for settings."""
    home = os.environ.get("IPSCODING_HOME")
    if home:
        return Path(home)
    from platformdirs import user_config_path

    return user_config_path("ipscoding", appauthor=False)


@dataclass
class Preferences:
    """What was chosen; without a `path` it lasts as long as the program runs.

    `signs` is `auto`, `drawn` or `ascii`; `panels` says which panels are open or closed against the rule of the
    terminal's width, `sizes` how many cells they take.
    """

    path: Path | None = None
    theme: str = ""
    marking: str = Marking.TINT
    signs: str = "auto"
    panels: dict[str, bool] = field(default_factory=dict)
    sizes: dict[str, int] = field(default_factory=dict)
    toured: bool = False

    @classmethod
    def load(cls, path: Path | None = None) -> "Preferences":
        """What was kept in `path` (by default `screen.json` in the user's folder); what cannot be read is left out."""
        path = path or folder() / "screen.json"
        made = cls(path)
        with suppress(OSError, ValueError):
            kept = json.loads(path.read_text(encoding="utf-8"))
            for name, value in kept.items() if isinstance(kept, dict) else ():
                if name in _NAMES and _like(value, getattr(made, name)):
                    setattr(made, name, value)
        return made

    def keep(self, **changes: Any) -> None:
        """Change what is given and write it down; where nothing can be written, it lasts until the program ends."""
        for name, value in changes.items():
            setattr(self, name, value)
        if self.path is None:
            return
        kept = {name: value for name, value in asdict(self).items() if name in _NAMES}
        with suppress(OSError):
            self.path.parent.mkdir(parents=True, exist_ok=True)
            fresh = self.path.with_suffix(".new")
            fresh.write_text(json.dumps(kept, indent=2, sort_keys=True) + "\n", encoding="utf-8")
            fresh.replace(self.path)


_NAMES = {one.name for one in fields(Preferences)} - {"path"}


def _like(value: object, example: object) -> bool:
    if isinstance(example, dict):
        return isinstance(value, dict) and all(isinstance(inner, int) for inner in value.values())
    return isinstance(value, bool if isinstance(example, bool) else str)
