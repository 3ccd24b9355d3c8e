"""Write the table of keys from the program's own list of actions: `python scripts/keys.py`."""

from pathlib import Path

from ipscoding import i18n
from ipscoding.tui.actions import table

KEYS = Path(__file__).resolve().parent.parent / "docs" / "keys.md"

HEAD = """# Keys of the coding screen

F1 shows these in the program, in your language. Any of them can be changed: write a file `keymap.toml` in your folder
for settings (`~/.config/ipscoding` on Linux; `IPSCODING_HOME` where that is set), one line for each action, with its id
from the last column:

```toml
[keys]
undo = "ctrl+z"
"coding.next" = ["+", "f12"]
```

This page is made from the program's own list of actions (`python scripts/keys.py`).

"""


def page() -> str:
    """The page as it should stand."""
    i18n.choose("en")
    return HEAD + table().rstrip() + "\n"


if __name__ == "__main__":
    KEYS.write_text(page(), encoding="utf-8")
