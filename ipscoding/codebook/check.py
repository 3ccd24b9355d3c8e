"""Everything that is wrong with a codebook file, at once."""

from dataclasses import replace
from pathlib import Path

from ipscoding.codebook import alike, marks, rules
from ipscoding.codebook.build import Built, build
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
    faults = Faults()
    text = text_of(path, faults)
    built = _examined(text, path.parent, faults) if text is not None else None
    # frameworks are to report by: nobody has to choose between two of their entries while coding
    if built is not None and built.codebook.extra.get("kind") != "framework":
        _look_alikes(built, faults)
    return faults.all()


def examine(path: Path) -> tuple[Codebook | None, Faults]:
    """The codebook in `path` as far as it can be read, and what is wrong with it; look-alikes are left to `check`.

    Raises:
        FileProblem: the file cannot be opened.
    """
    faults = Faults()
    text = text_of(path, faults)
    built = _examined(text, path.parent, faults) if text is not None else None
    if built is None:
        return None, faults
    return replace(built.codebook, codes=tuple(entry.code for entry in built.entries)), faults


def examine_text(text: str, folder: Path) -> tuple[Codebook | None, Faults]:
    """`examine` for a text that is no file yet; its phrase bank is looked for in `folder`."""
    faults = Faults()
    built = _examined(text, folder, faults)
    return replace(built.codebook, codes=tuple(e.code for e in built.entries)) if built else None, faults


def _examined(text: str, folder: Path, faults: Faults) -> Built | None:
    if marks.find(text, faults):
        return None
    root = parse(text, faults)
    if root is None and faults.grave():
        return None
    if isinstance(root, Mapping) and "roles" in root.pairs and "codes" not in root.pairs:
        from ipscoding.codebook.informants import scheme_of

        scheme_of(root, faults)
        return None
    built = build(root, text.splitlines(), faults)
    if built is None:
        return None
    rules.apply(built, faults)
    _phrase_bank(root, folder, faults)
    return built


def _look_alikes(built: Built, faults: Faults) -> None:
    places = {entry.code.id: entry.fields.place("label") for entry in built.entries}
    for one, other, label, definition in alike.look_alikes(entry.code for entry in built.entries):
        if alike.same_label(one, other):
            continue  # told already
        message = _(
            "“{other}” looks like “{id}” (line {line}): labels {label:.0%} alike, definitions {definition:.0%}"
        ).format(other=other.id, id=one.id, line=places[one.id].line, label=label, definition=definition)
        faults.advice(places[other.id], message)


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
