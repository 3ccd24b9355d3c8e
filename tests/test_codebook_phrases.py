"""Phrase banks."""

from collections import Counter
from pathlib import Path

import pytest

from ipscoding.codebook import catalogue
from ipscoding.codebook.phrases import Phrase, read_phrases
from ipscoding.codebook.read import read
from ipscoding.domain import Valence
from ipscoding.errors import FileProblem


def test_the_shipped_bank_fits_the_default_codebook() -> None:
    book = read(catalogue.default_path())
    bank = catalogue.phrase_bank_for(catalogue.default_path())
    assert bank is not None
    phrases = read_phrases(bank)
    assert len(phrases) == 23600
    # What fits no code cannot be made up.
    assert {phrase.code for phrase in phrases} == {code.id for code in book.active()} - {"gen.other"}
    assert all(book.by_id[phrase.code].allows(phrase.valence) for phrase in phrases)
    assert set(Counter(phrase.norm for phrase in phrases)) == {"nb", "nn", "dia"}
    assert len({phrase.text for phrase in phrases}) == len(phrases)


def test_columns_may_stand_in_any_order_among_others(tmp_path: Path) -> None:
    file = tmp_path / "bank.tsv"
    file.write_bytes(
        "\ufefftext\tnote\tcode\tvalence\tnorm\r\nDe sa\u030a meg «ikke».\tx\ta\tbarrier\tnb\r\n\r\n".encode()
    )
    assert read_phrases(file) == [Phrase("a", Valence.BARRIER, "nb", "De så meg «ikke».")]


def test_the_first_fault_is_named_with_its_line(tmp_path: Path) -> None:
    file = tmp_path / "bank.tsv"
    file.write_text("code\tvalence\tnorm\ttext\na\tgood\tnb\tX\na\tbarrier\tnb\nb\tbarrier\tnb\t \n", "utf-8")
    with pytest.raises(FileProblem, match=r"bank.tsv, line 2, column 3: unknown valence “good”.*\(and 2 more faults\)"):
        read_phrases(file)


@pytest.mark.parametrize("text", ["", "code;valence;norm;text\n", "code\tvalence\ttext\n"])
def test_a_file_without_the_columns_is_refused(tmp_path: Path, text: str) -> None:
    file = tmp_path / "bank.tsv"
    file.write_text(text, "utf-8")
    with pytest.raises(FileProblem, match="the first line must name the columns"):
        read_phrases(file)


def test_a_bank_that_is_not_there(tmp_path: Path) -> None:
    with pytest.raises(FileProblem, match="cannot be read"):
        read_phrases(tmp_path / "none.tsv")
