"""Everything that is wrong with a codebook file, at once."""

from dataclasses import replace
from pathlib import Path

from ipscoding.codebook import rules
from ipscoding.codebook.build import build
from ipscoding.codebook.catalogue import bank_named
from ipscoding.codebook.faults import Fault, Faults
from ipscoding.codebook.source import text_of
from ipscoding.codebook.tree import Mapping, Node, Scalar, parse
from ipscoding.domain import Codebook
from ipscoding.i18n import _

__all__ = ["Fault", "check", "examine"]


def check(path: Path) -> list[Fault]:
    """All faults of, and advice on, the codebook (or informants scheme) in `path`, in the order of the file.

    Raises:
        FileProblem: the file cannot be opened.
    """
    return examine(path)[1].all()


def examine(path: Path) -> tuple[Codebook | None, Faults]:
    """The codebook in `path` as far as it can be read, and what is wrong with it.

    Raises:
        FileProblem: the file cannot be opened.
    """
    faults = Faults()
    text = text_of(path, faults)
    if text is None:
        return None, faults
    root = parse(text, faults)
    if root is None and faults.grave():
        return None, faults
    if isinstance(root, Mapping) and "roles" in root.pairs and "codes" not in root.pairs:
        from ipscoding.codebook.informants import scheme_of

        scheme_of(root, faults)
        return None, faults
    built = build(root, text.splitlines(), faults)
    if built is None:
        return None, faults
    rules.apply(built, faults)
    _phrase_bank(root, path.parent, faults)
    return replace(built.codebook, codes=tuple(entry.code for entry in built.entries)), faults


def _phrase_bank(root: Node | None, folder: Path, faults: Faults) -> None:
    head = root.pairs["codebook"][1] if isinstance(root, Mapping) else None
    pair = head.pairs.get("phrases") if isinstance(head, Mapping) else None
    if pair is None or (isinstance(pair[1], Scalar) and pair[1].empty):
        return
    node = pair[1]
    if not isinstance(node, Scalar) or Path(node.text).name != node.text:
        faults.fault(node, _("“phrases” must be the name of one file, without a folder"))
    elif bank_named(node.text, folder) is None:
        faults.advice(node, _("the phrase bank {file} does not lie beside the codebook").format(file=node.text))
