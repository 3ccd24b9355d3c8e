"""Codebooks for the tests of diff and merge: a small one, random valid ones, and random edits that keep them valid."""

from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from random import Random
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


WORDS = ("Tillit", "Nærhet", "Ledelse", "Tid")
IDS = tuple(f"k{n}" for n in range(7))
ROLES = ("clinician", "patient", "plumber")
ROLE_SECTION = {"roles": [{"id": "plumber", "label": {"nb": "Rørlegger"}}]}


def _book(chance: Random) -> Codebook:
    """A valid codebook of two to five codes."""
    ids = IDS[: chance.randint(2, 5)]
    codes: list[Code] = []
    for number, identity in enumerate(ids):
        valence = chance.choice(list(Valence))
        examples = [Example(chance.choice(list(Valence)), "nb", word) for word in chance.sample(WORDS, 2)]
        codes.append(
            Code(
                identity,
                {"nb": f"Kode {number}", "en": f"Code {number}"},
                parent=chance.choice([None, None, *ids[:number]]),
                definition={language: chance.choice(WORDS) for language in chance.sample(["nb", "en"], 1)},
                valence=valence,
                examples=_allowed(valence, examples[: chance.randint(0, 2)]),
                roles=tuple(chance.sample(ROLES, chance.randint(0, 2))),
                retired=chance.random() < 0.1,
            )
        )
    return Codebook("bok", {"nb": "Bok"}, "1", tuple(codes), extra={"sections": ROLE_SECTION})


def _allowed(valence: Valence, examples: list[Example]) -> tuple[Example, ...]:
    return tuple(e for e in examples if valence is Valence.BOTH or e.valence in (valence, Valence.NONE))


def _edit(chance: Random, book: Codebook) -> Codebook:
    """One edit of a kind that chance names; the result may break a rule."""
    code = chance.choice(book.codes)
    ids = [other.id for other in book.codes]
    language, word = chance.choice(["nb", "en"]), chance.choice(WORDS)
    known = {example.text for example in code.examples}
    said = [Example(chance.choice(list(Valence)), "nb", text) for text in {word, chance.choice(WORDS)} - known]
    kinds: dict[str, Callable[[], Codebook]] = {
        "label": lambda: edited(book, code.id, label={**code.label, language: word}),
        "unlabel": lambda: edited(book, code.id, label={k: v for k, v in code.label.items() if k != language}),
        "definition": lambda: edited(book, code.id, definition={**code.definition, language: word}),
        "rule": lambda: edited(book, code.id, include_when={"nb": word}),
        "move": lambda: edited(book, code.id, parent=chance.choice([None, *ids])),
        "valence": lambda: _revalued(book, code, chance.choice(list(Valence))),
        "example": lambda: edited(book, code.id, examples=_allowed(code.valence, [*code.examples, *said])),
        "examples": lambda: edited(book, code.id, examples=_allowed(code.valence, said)),
        "roles": lambda: edited(book, code.id, roles=tuple(chance.sample(ROLES, chance.randint(0, 2)))),
        "retire": lambda: edited(book, code.id, retired=not code.retired),
        "merge": lambda: edited(book, code.id, retired=True, merged_into=chance.choice(ids)),
        "delete": lambda: without(book, code.id),
        "add": lambda: added(book, Code(chance.choice(IDS), {"nb": word}, chance.choice([None, *ids]))),
        "order": lambda: replace(book, codes=tuple(chance.sample(book.codes, len(book.codes)))),
        "heading": lambda: edited(book, code.id, codable=not code.codable),
        "version": lambda: replace(book, version=chance.choice(["1", "2", "3"])),
        "own roles": lambda: replace(book, extra=chance.choice([{}, {"sections": ROLE_SECTION}])),
    }
    return kinds[chance.choice(sorted(kinds))]()


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
    """A codebook, and two versions of it, each some edits away.

    Hypothesis draws the seed only: edits that meet in one field, or break a rule together, are too rare among what it
    draws step by step.
    """
    chance = Random(draw(st.integers(0, 2**32 - 1)))
    base = _book(chance)
    sides = []
    for _side in range(2):
        book = base
        for _step in range(chance.randint(0, 6)):
            changed = _edit(chance, book)
            book = changed if valid(changed) else book
        sides.append(book)
    return base, sides[0], sides[1]
