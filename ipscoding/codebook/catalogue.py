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

    A codebook names its bank in its head (`phrases: my-phrases.tsv`). The file lies beside it; where it does not,
    the one of that name that ships is meant (a copy of the default codebook keeps its bank).

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
    return bank_named(name[1].text, codebook_path.parent) if name and isinstance(name[1], Scalar) else None


def bank_named(name: object, folder: Path) -> Path | None:
    """The phrase bank of this name in `folder`, else among those that ship; None where there is none."""
    return _beside(folder, name) or _beside(folders.codebooks(), name)


def shipped_phrase_bank(codebook: Codebook) -> Path | None:
    """The phrase bank that ships with `codebook`; None where it has none or is not one of ours."""
    ours = any(codebook.id == identity for identity, _path in shipped())
    return _beside(folders.codebooks(), codebook.extra.get("phrases")) if ours else None


def _beside(folder: Path, name: object) -> Path | None:
    if not isinstance(name, str) or Path(name).name != name:
        return None
    bank = folder / name
    return bank if bank.is_file() else None
