"""The codebooks that ship, and finding a codebook by name."""

from pathlib import Path

from ipscoding import shipped as folders
from ipscoding.codebook.frameworks import INFORMANTS
from ipscoding.domain import Codebook
from ipscoding.errors import NotFound
from ipscoding.i18n import _

DEFAULT = "ips-barriers-facilitators"
"""The id of the codebook that a new project begins with."""


def shipped() -> list[tuple[str, Path]]:
    """The id and file of each codebook that ships, the default first."""
    files = [file for file in folders.codebooks().glob("*.yaml") if file.stem != INFORMANTS]
    return sorted(((file.stem, file) for file in files), key=lambda found: (found[0] != DEFAULT, found[0]))


def default_path() -> Path:
    """The file of the codebook that a new project begins with."""
    return folders.codebooks() / f"{DEFAULT}.yaml"


def find(name_or_path: str) -> Path:
    """The file that is meant: a file's path, or the id of a codebook that ships.

    Raises:
        NotFound: there is neither.
    """
    known = dict(shipped())
    if name_or_path in known:
        return known[name_or_path]
    path = Path(name_or_path).expanduser()
    if path.is_file():
        return path
    raise NotFound(
        _("{name}: neither a file nor a codebook that ships with the program").format(name=name_or_path),
        _("Give a file, or one of {ids}").format(ids=", ".join(known)),
    )


def phrase_bank_for(codebook_path: Path) -> Path | None:
    """The phrase bank of the codebook in `codebook_path`; None where it has none.

    A codebook names its bank in its head (`phrases: my-phrases.tsv`); the file lies beside it.

    Raises:
        FileProblem: the codebook cannot be opened.
    """
    from ipscoding.codebook.faults import Faults
    from ipscoding.codebook.source import text_of
    from ipscoding.codebook.tree import Mapping, Scalar, parse

    faults = Faults()
    text = text_of(codebook_path, faults)
    root = parse(text, faults, until="codebook") if text is not None else None
    head = root.pairs.get("codebook") if isinstance(root, Mapping) else None
    name = head[1].pairs.get("phrases") if head and isinstance(head[1], Mapping) else None
    return _beside(codebook_path.parent, name[1].text) if name and isinstance(name[1], Scalar) else None


def shipped_phrase_bank(codebook: Codebook) -> Path | None:
    """The phrase bank that ships for `codebook`, told by the name of the bank; None where there is none."""
    name = codebook.extra.get("phrases")
    return _beside(folders.codebooks(), name)


def _beside(folder: Path, name: object) -> Path | None:
    if not isinstance(name, str) or Path(name).name != name:
        return None
    bank = folder / name
    return bank if bank.is_file() else None
