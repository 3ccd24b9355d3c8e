"""What is written is read back the same."""

import unicodedata
from dataclasses import replace
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from ipscoding.codebook import catalogue, frameworks
from ipscoding.codebook.check import check
from ipscoding.codebook.read import read
from ipscoding.codebook.write import text_of, write
from ipscoding.domain import Code, Codebook, Example, Valence
from ipscoding.errors import FileProblem

LINKS = {link: sorted(frameworks.known_ids(link)) for link in frameworks.FRAMEWORKS}
ROLES = sorted(frameworks.known_roles())


def _nfc(text: str) -> str:
    return unicodedata.normalize("NFC", text)


texts = st.one_of(
    st.sampled_from(
        [
            "no",
            "yes",
            "null",
            "~",
            "12",
            "1.0",
            "2024-01-01",
            "#hash",
            "a: b",
            "- x",
            "«nei»",
            " to ",
            "'",
            '"',
            "\\",
            "{",
            "*x",
        ]
    ),
    st.text(st.characters(exclude_categories=["Cs"]), max_size=25).map(_nfc),
)
labels = st.dictionaries(st.sampled_from(["nb", "nn", "en", "se"]), texts, max_size=4)
plain = st.recursive(
    st.one_of(texts, st.none(), st.booleans(), st.integers(-(10**12), 10**12), st.floats(allow_nan=False)),
    lambda inner: st.one_of(st.lists(inner, max_size=3), st.dictionaries(texts, inner, max_size=3)),
    max_leaves=6,
)
_OURS = {*Code.__dataclass_fields__, *LINKS, "example", "#"}
extras = st.dictionaries(st.one_of(st.sampled_from(["level", "number", "no", "12"]), texts), plain, max_size=3).map(
    lambda found: {name: value for name, value in found.items() if name not in _OURS}
)
examples = st.lists(
    st.builds(Example, st.sampled_from(Valence), st.sampled_from(["nb", "nn", "en"]), texts), max_size=4
)


@st.composite
def codebooks(draw: st.DrawFn) -> Codebook:
    """A codebook without faults."""
    ids = draw(
        st.lists(st.from_regex(r"[a-z0-9æøå][a-z0-9æøå._-]{0,8}", fullmatch=True), min_size=1, max_size=5, unique=True)
    )
    codes: list[Code] = []
    for number, identity in enumerate(ids):
        valence = draw(st.sampled_from(Valence))
        codes.append(
            Code(
                id=identity,
                label=draw(labels) | {"nb": f"{draw(texts)} {number}x"},
                parent=draw(st.sampled_from([None, *ids[:number]])),
                definition=draw(labels),
                include_when=draw(labels),
                exclude_when=draw(labels),
                examples=tuple(
                    e for e in draw(examples) if valence in (Valence.BOTH, e.valence) or e.valence == "none"
                ),
                valence=valence,
                roles=tuple(draw(st.lists(st.sampled_from(ROLES), max_size=2))),
                links={link: draw(st.sampled_from(known)) for link, known in LINKS.items() if draw(st.booleans())},
                codable=number == len(ids) - 1 or draw(st.booleans()),
                retired=True if number % 2 else draw(st.booleans()),
                merged_into=draw(st.sampled_from([None, *ids[:number]])),
                colour=draw(st.sampled_from(["", "#aabbcc", "red"])),
                version=draw(st.integers(1, 9)),
                uuid=draw(st.sampled_from(["", "7f8d2c3e-0000-4000-8000-000000000001"])),
                extra=draw(extras),
            )
        )
    # Labels of one language are kept apart by their number; the others could meet, so only retired codes have them.
    codes = [code if code.retired else _only_nb(code) for code in codes]
    head = draw(extras)
    for ours in ("id", "version", "title", "coding_rules", "sections", "language", "phrases"):
        head.pop(ours, None)
    if draw(st.booleans()):
        head["sections"] = {"score_bands": draw(plain)}
    return Codebook(
        id=draw(st.sampled_from(["a", "ips-æøå.2", "0", "no", "null"])),
        title=draw(labels),
        version=draw(st.sampled_from(["", "1.0", "1.10", "no"])),
        codes=tuple(codes),
        rules=draw(
            st.dictionaries(
                st.sampled_from(["nb", "nn"]), st.lists(texts, min_size=1, max_size=2).map(tuple), max_size=2
            )
        ),
        extra=head,
    )


def _only_nb(code: Code) -> Code:
    return replace(code, label={"nb": code.label["nb"]})


@settings(
    deadline=None, max_examples=120, suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow]
)
@given(codebook=codebooks())
def test_what_is_written_is_read_back_the_same(codebook: Codebook, tmp_path: Path) -> None:
    file = tmp_path / "codebook.yaml"
    write(codebook, file)
    assert read(file) == codebook


@pytest.mark.parametrize("identity", [identity for identity, _path in catalogue.shipped()])
def test_the_codebooks_that_ship_come_through_a_round_with_their_comments(identity: str, tmp_path: Path) -> None:
    source = catalogue.find(identity)
    codebook = read(source)
    write(codebook, tmp_path / "again.yaml")
    assert read(tmp_path / "again.yaml") == codebook
    comments = [line.strip() for line in source.read_text("utf-8").splitlines() if line.strip().startswith("#")]
    written = [line.strip() for line in (tmp_path / "again.yaml").read_text("utf-8").splitlines()]
    assert comments == [line for line in written if line.startswith("#")]


def test_texts_are_quoted_and_ids_are_bare() -> None:
    written = text_of(
        Codebook(
            "x", {"nb": "Nei"}, codes=(Code("no", {"nb": "no"}, definition={"nb": "12"}), Code("b.c", {"nb": "ja"}))
        )
    )
    assert 'title: {nb: "Nei"}' in written
    assert '- id: "no"\n    label: {nb: "no"}\n    definition: {nb: "12"}' in written
    assert "- id: b.c\n" in written


def test_a_heading_among_the_codes_stays_a_heading(tmp_path: Path) -> None:
    book = Codebook(
        "x",
        {"nb": "X"},
        codes=(Code("a", {"nb": "A"}), Code("h", {"nb": "H"}, codable=False), Code("b", {"nb": "B"}, parent="h")),
    )
    write(book, tmp_path / "x.yaml")
    assert read(tmp_path / "x.yaml") == book


def test_a_written_codebook_of_only_headings_is_said_to_be_empty(tmp_path: Path) -> None:
    write(Codebook("x", {"nb": "X"}), tmp_path / "x.yaml")
    assert [fault.message for fault in check(tmp_path / "x.yaml")] == ["there are no codes; they stand under “codes:”"]


def test_a_write_that_fails_leaves_nothing_behind(tmp_path: Path) -> None:
    book = Codebook("x", {"nb": "X"})
    with pytest.raises(FileProblem, match="cannot be written"):
        write(book, tmp_path / "nowhere" / "x.yaml")
    (tmp_path / "taken").mkdir()
    with pytest.raises(FileProblem, match="cannot be written"):
        write(book, tmp_path / "taken")
    assert [path.name for path in tmp_path.iterdir()] == ["taken"]


def test_writing_keeps_who_may_read_the_file(tmp_path: Path) -> None:
    file = tmp_path / "x.yaml"
    file.write_text("old", "utf-8")
    file.chmod(0o600)
    write(Codebook("x", {"nb": "X"}), file)
    assert file.stat().st_mode & 0o777 == 0o600
