"""A codebook to its file: YAML that `read` gives back the same."""

import math
import os
import re
import tempfile
from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import Any

from ipscoding.codebook.build import COMMENT, EXAMPLE_KEYS, SECTIONS
from ipscoding.domain import Code, Codebook, Example, Valence
from ipscoding.errors import FileProblem, system_reason
from ipscoding.i18n import _

_WIDTH = 120
_PLAIN_KEY = re.compile(r"[A-Za-zÆØÅæøå_][A-Za-zÆØÅæøå0-9_-]*")
_PLAIN_ID = re.compile(r"[a-zæøå][a-zæøå0-9_.-]*")
_UNSAFE = re.compile('[\x00-\x1f"\\\\\x7f-\xa0\u2028\u2029\ud800-\udfff\ufeff\ufffe\uffff]')
_ESCAPES = {'"': '\\"', "\\": "\\\\", "\n": "\\n", "\t": "\\t"}
_DIRECTIONS = {Valence.NONE: "neutral"}


class _Id(str):
    """A text that stands without quotation marks where it can."""

    __slots__ = ()


def write(codebook: Codebook, path: Path) -> None:
    """Write `codebook` to `path`, whole or not at all; a link is followed.

    Raises:
        FileProblem: the file cannot be written, is a folder or device, or holds a project or another database.
    """
    write_text(text_of(codebook), path)


def write_text(text: str, path: Path) -> None:
    """Write the text of a codebook file as `write` does; raises what it raises."""
    data = text.encode("utf-8")
    path = path.resolve() if path.is_symlink() else path
    try:
        _refuse_what_is_no_codebook(path)
        mode = path.stat().st_mode & 0o777 if path.exists() else 0o644
        handle, temporary = tempfile.mkstemp(prefix=f".{path.name[:80]}.", suffix=".tmp", dir=path.parent)
        try:
            with os.fdopen(handle, "wb") as file:
                file.write(data)
                file.flush()
                os.fsync(file.fileno())
            Path(temporary).chmod(mode)
            Path(temporary).replace(path)
        except BaseException:
            Path(temporary).unlink(missing_ok=True)
            raise
    except OSError as error:
        raise FileProblem(
            _("{file}: cannot be written ({reason})").format(file=path, reason=system_reason(error)),
            _("Check that the folder exists, is yours to write in and has room"),
        ) from error


def _refuse_what_is_no_codebook(path: Path) -> None:
    if not path.exists():
        return
    if not path.is_file():
        raise FileProblem(
            _("{file}: cannot be written ({reason})").format(file=path, reason=_("it is a folder or a device")),
            _("Give the name of a file, .yaml at its end"),
        )
    with path.open("rb") as old:
        if old.read(16).startswith(b"SQLite format 3\0"):
            raise FileProblem(
                _("{file}: is a project or another database and is not overwritten").format(file=path),
                _("Choose another name, .yaml at its end"),
            )


def text_of(codebook: Codebook) -> str:
    """The codebook as the text of a file."""
    extra = dict(codebook.extra)
    sections = extra.pop(SECTIONS, {})
    comments = extra.pop(COMMENT, {})
    first_code = next((i for i, code in enumerate(codebook.codes) if code.codable), len(codebook.codes))
    parts = [_section("codebook", _fields(_head(codebook, extra), 1), comments)]
    parts += [_section(name, _block(content, 1), comments) for name, content in sections.items()]
    if first_code:
        parts.append(_section("domains", _entries(codebook.codes[:first_code], codable=False), comments))
    parts.append(_section("codes", _entries(codebook.codes[first_code:], codable=True), comments))
    return "\n".join(parts)


def head_fields(codebook: Codebook) -> dict[str, Any]:
    """The fields of `codebook:` in the order of the file."""
    return _head(codebook, {name: value for name, value in codebook.extra.items() if name not in (SECTIONS, COMMENT)})


def entry_lines(code: Code, *, codable: bool) -> list[str]:
    """The lines of one entry, with the comment above it, as they stand under `codes:` (else under `domains:`)."""
    return _entries([code], codable).strip("\n").splitlines()


def field_lines(name: str, value: Any, indent: int) -> list[str]:
    """The lines of one field that stands `indent` spaces in."""
    return [" " * indent + line for line in _fields({name: value}, 0).strip("\n").splitlines()]


def _head(codebook: Codebook, extra: Mapping[str, Any]) -> dict[str, Any]:
    head: dict[str, Any] = {"id": _Id(codebook.id)}
    if codebook.version:
        head["version"] = codebook.version
    if codebook.title:
        head["title"] = codebook.title
    head |= extra
    if codebook.rules:
        head["coding_rules"] = {language: list(rules) for language, rules in codebook.rules.items()}
    return head


def _section(name: str, content: str, comments: Mapping[str, str]) -> str:
    return f"{_comment(comments.get(name, ''), '')}{_key(name)}:{content}\n"


def _comment(text: str, indent: str) -> str:
    return "".join(f"{indent}{line if line.startswith('#') else f'# {line}'}\n" for line in text.splitlines())


def _entries(codes: Iterable[Code], codable: bool) -> str:
    entries = []
    for code in codes:
        comment = _comment(code.extra.get(COMMENT, ""), "  ")
        entries.append(f"\n{comment}  - {_fields(code_fields(code, codable), 2).lstrip()}")
    return ("\n" if codable else "").join(entries) or " []"


def code_fields(code: Code, codable: bool) -> dict[str, Any]:
    """The fields of a code in the order of the file; what is empty or as usual is left out."""
    fields: dict[str, Any] = {
        "id": _Id(code.id),
        "parent": _Id(code.parent) if code.parent is not None else None,
        "label": code.label,
        "definition": code.definition,
        "include_when": code.include_when,
        "exclude_when": code.exclude_when,
        "valence": _Id(code.valence) if codable or code.valence is not Valence.BOTH else None,
        "example": _examples(code.examples),
        "roles": [_Id(role) for role in code.roles],
        **{link: _Id(target) for link, target in code.links.items()},
        "codable": None if code.codable is codable else code.codable,
        "retired": code.retired or None,
        "merged_into": _Id(code.merged_into) if code.merged_into is not None else None,
        "colour": code.colour,
        "version": code.version if code.version != 1 else None,
        "uuid": code.uuid,
    }
    kept = {name: value for name, value in fields.items() if value is not None and value not in ("", [], {})}
    return kept | {name: value for name, value in code.extra.items() if name != COMMENT}


def _examples(examples: tuple[Example, ...]) -> Any:
    """By language and direction, as people write them; as a list where their order would be lost."""
    grouped: dict[str, dict[str, list[str]]] = {}
    for example in examples:
        direction = _DIRECTIONS.get(example.valence, example.valence.value)
        grouped.setdefault(example.language, {}).setdefault(direction, []).append(example.text)
    regained = [
        Example(EXAMPLE_KEYS[direction], language, text)
        for language, directions in grouped.items()
        for direction, texts in directions.items()
        for text in texts
    ]
    if regained != list(examples):
        return [
            {"valence": _DIRECTIONS.get(e.valence, e.valence.value), "language": e.language, "text": e.text}
            for e in examples
        ]
    return {
        language: {direction: texts[0] if len(texts) == 1 else texts for direction, texts in directions.items()}
        for language, directions in grouped.items()
    }


def _fields(fields: Mapping[str, Any], depth: int) -> str:
    indent = "  " * depth
    return "".join(f"\n{indent}{_key(name)}:{_block(value, depth + 1)}" for name, value in fields.items())


def _block(value: Any, depth: int) -> str:
    """`value` after a colon: on the same line where it is short and flat, else in lines of its own."""
    flat = _flat(value)
    if not isinstance(value, Mapping | list) or not value or (_shallow(value) and len(flat) + 2 * depth < _WIDTH):
        return f" {flat}"
    if isinstance(value, Mapping):
        return _fields(value, depth)
    indent = "  " * depth
    return "".join(
        f"\n{indent}- {_fields(item, depth + 1).lstrip()}"
        if isinstance(item, Mapping) and item
        else f"\n{indent}- {_flat(item)}"
        for item in value
    )


def _shallow(value: Mapping[str, Any] | list[Any]) -> bool:
    children = value.values() if isinstance(value, Mapping) else value
    return not any(isinstance(child, Mapping | list) for child in children)


def _flat(value: Any) -> str:
    if isinstance(value, Mapping):
        return "{" + ", ".join(f"{_key(name)}: {_flat(child)}" for name, child in value.items()) + "}"
    if isinstance(value, list | tuple):
        return "[" + ", ".join(_flat(child) for child in value) + "]"
    if value is None:
        return "null"
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, float) and not math.isfinite(value):
        return ".nan" if math.isnan(value) else f"{'-' if value < 0 else ''}.inf"
    if isinstance(value, int | float):
        return repr(value)
    return _word(value) if isinstance(value, _Id) else _quoted(str(value))


def _word(text: str) -> str:
    """An id that every reader of YAML takes as text stands bare; `no`, `null` and `12` are quoted."""
    bare = _PLAIN_ID.fullmatch(text) and text not in _AMBIGUOUS
    return str(text) if bare else _quoted(text)


def _key(text: str) -> str:
    return text if _PLAIN_KEY.fullmatch(text) and text.lower() not in _AMBIGUOUS else _quoted(text)


_AMBIGUOUS = {"yes", "no", "on", "off", "y", "n", "true", "false", "null"}


def _quoted(text: str) -> str:
    return f'"{_UNSAFE.sub(_escaped, text)}"'


def _escaped(found: re.Match[str]) -> str:
    character = found[0]
    return _ESCAPES.get(character) or f"\\u{ord(character):04x}"
