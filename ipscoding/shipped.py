"""Where the files that travel with the program lie: codebooks and example interviews."""

from pathlib import Path

_PACKAGE = Path(__file__).parent


def _folder(name: str) -> Path:
    # In a wheel the files lie inside the package; in a checkout (editable install) beside it.
    inside = _PACKAGE / "_shipped" / name
    return inside if inside.is_dir() else _PACKAGE.parent / name


def codebooks() -> Path:
    """The folder of the codebooks that ship."""
    return _folder("codebooks")


def corpus() -> Path:
    """The folder of the invented interviews that ship, with their codings."""
    return _folder("corpus")
