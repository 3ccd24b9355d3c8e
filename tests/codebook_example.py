"""Codebooks for the tests of diff and merge: a small one, random valid ones, and random edits that keep them valid."""

from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from typing import Any

from hypothesis import strategies as st

from ipscoding.codebook.check import examine
from ipscoding.codebook.write import text_of
from ipscoding.domain import Code, Codebook, Example, Valence

SMALL = Codebook(
    id="liten",
    title={"nb": "Liten kodebok", "en": "Small codebook"},
    version="1",
    codes=(
        Code("org", {"nb": "Organisering", "en": "Organisation"}, codable=False),
        Code("rel", {"nb": "Relasjoner", "en": "Relations"}, codable=False),
        Code(
            "org.near",
            {"nb": "Nærhet", "en": "Proximity"},
            parent="org",
            definition={"nb": "Avstand mellom folk.", "en": "Distance between people."},
            include_when={"nb": "Kontor og gang."},
            examples=(Example(Valence.BARRIER, "nb", "De sitter i et annet bygg."),),
            roles=("clinician",),
            links={"cfir": "inner.physical-infrastructure"},
        ),
        Code("org.lead", {"nb": "Ledelse", "en": "Leadership"}, parent="org", definition={"nb": "Om ledere."}),
        Code("rel.trust", {"nb": "Tillit", "en": "Trust"}, parent="rel", definition={"nb": "Å stole på noen."}),
    ),
    rules={"nb": ("Kod det som blir sagt.",)},
)


def edited(book: Codebook, code_id: str, **fields: Any) -> Codebook:
    """`book` with fields of one code changed."""
    return replace(book, codes=tuple(replace(c, **fields) if c.id == code_id else c for c in book.codes))


def without(book: Codebook, code_id: str) -> Codebook:
    return replace(book, codes=tuple(code for code in book.codes if code.id != code_id))


def added(book: Codebook, code: Code) -> Codebook:
    return replace(book, codes=(*book.codes, code))


def faults_of(book: Codebook, folder: Path) -> list[str]:
    """What `codebook check` calls a fault in `book`."""
    file = folder / "checked.yaml"
    file.write_text(text_of(book), "utf-8")
    return [fault.message for fault in examine(file)[1].grave()]


WORDS = st.sampled_from(["Tillit", "Nærhet", "Ledelse", "Tid", "Tempo", "Støtte", "Makt"])
IDS = [f"k{n}" for n in range(7)]
ROLES = st.lists(st.sampled_from(["clinician", "patient", "team-leader", "plumber"]), max_size=2, unique=True)
ROLE_SECTION = {"roles": [{"id": "plumber", "label": {"nb": "Rørlegger"}}]}


@st.composite
def books(draw: st.DrawFn) -> Codebook:
    """A valid codebook of two to five codes."""
    ids = IDS[: draw(st.integers(2, 5))]
    codes: list[Code] = []
    for number, identity in enumerate(ids):
        valence = draw(st.sampled_from(Valence))
        codes.append(
            Code(
                identity,
                {"nb": f"Kode {number}", "en": f"Code {number}"},
                parent=draw(st.sampled_from([None, *ids[:number]])),
                definition=draw(st.dictionaries(st.sampled_from(["nb", "en"]), WORDS, max_size=2)),
                valence=valence,
                examples=_allowed(valence, draw(_examples)),
                roles=tuple(draw(ROLES)),
                retired=draw(st.integers(0, 9)) == 0,
            )
        )
    return Codebook("bok", {"nb": "Bok"}, "1", tuple(codes), extra={"sections": ROLE_SECTION})


_examples = st.lists(st.builds(Example, st.sampled_from(Valence), st.just("nb"), WORDS), max_size=2, unique=True)


def _allowed(valence: Valence, examples: list[Example]) -> tuple[Example, ...]:
    return tuple(e for e in examples if valence is Valence.BOTH or e.valence in (valence, Valence.NONE))


def _edits(draw: st.DrawFn, book: Codebook) -> Codebook:
    code = draw(st.sampled_from(book.codes))
    ids = [other.id for other in book.codes]
    kinds: dict[str, Callable[[], Codebook]] = {
        "label": lambda: edited(book, code.id, label={**code.label, "nb": draw(WORDS)}),
        "unlabel": lambda: edited(book, code.id, label={k: v for k, v in code.label.items() if k != draw(_spoken)}),
        "definition": lambda: edited(book, code.id, definition={**code.definition, draw(_spoken): draw(WORDS)}),
        "rule": lambda: edited(book, code.id, include_when={"nb": draw(WORDS)}),
        "move": lambda: edited(book, code.id, parent=draw(st.sampled_from([None, *ids]))),
        "valence": lambda: _revalued(book, code, draw(st.sampled_from(Valence))),
        "example": lambda: edited(book, code.id, examples=_allowed(code.valence, draw(_examples))),
        "roles": lambda: edited(book, code.id, roles=tuple(draw(ROLES))),
        "retire": lambda: edited(book, code.id, retired=not code.retired),
        "merge": lambda: edited(book, code.id, retired=True, merged_into=draw(st.sampled_from(ids))),
        "delete": lambda: without(book, code.id),
        "add": lambda: added(book, Code(draw(st.sampled_from(IDS)), {"nb": draw(WORDS)}, draw(st.sampled_from(ids)))),
        "order": lambda: replace(book, codes=tuple(draw(st.permutations(book.codes)))),
        "head": lambda: replace(book, version=draw(st.sampled_from(["1", "2", "3"]))),
        "own roles": lambda: replace(book, extra=draw(st.sampled_from([{}, {"sections": ROLE_SECTION}]))),
    }
    return kinds[draw(st.sampled_from(sorted(kinds)))]()


_spoken = st.sampled_from(["nb", "en"])


def _revalued(book: Codebook, code: Code, valence: Valence) -> Codebook:
    return edited(book, code.id, valence=valence, examples=_allowed(valence, list(code.examples)))


def valid(book: Codebook) -> bool:
    """Whether `book` keeps the rules that `codebook check` holds it to, told without a file."""
    ids = [code.id for code in book.codes]
    labels = [
        (code.parent, language, label.casefold())
        for code in book.codes
        for language, label in code.label.items()
        if not code.retired
    ]
    own = {item["id"] for item in book.extra.get("sections", {}).get("roles", [])}
    return (
        bool(book.active() or any(code.codable for code in book.codes))
        and len(set(ids)) == len(ids)
        and len(set(labels)) == len(labels)
        and all(code.label for code in book.codes)
        and all(code.parent in (None, *ids) and code.merged_into in (None, *ids) for code in book.codes)
        and all(_ends(book, code.id, "parent") and _ends(book, code.id, "merged_into") for code in book.codes)
        and all("plumber" not in code.roles or "plumber" in own for code in book.codes)
    )


def _ends(book: Codebook, start: str, name: str) -> bool:
    current: str | None = start
    for _step in range(len(book.codes) + 1):
        if current is None:
            return True
        current = getattr(book.by_id[current], name)
    return False


@st.composite
def branches(draw: st.DrawFn) -> tuple[Codebook, Codebook, Codebook]:
    """A codebook, and two versions of it, each some edits away."""
    base = draw(books())
    sides = []
    for _side in range(2):
        book = base
        for _step in range(draw(st.integers(0, 4))):
            changed = _edits(draw, book)
            book = changed if valid(changed) else book
        sides.append(book)
    return base, sides[0], sides[1]
