"""What was learnt is kept, and never trusted when it cannot be read."""

from importlib import import_module
from pathlib import Path

import pytest

from ipscoding import shipped
from ipscoding.codebook.catalogue import default_path
from ipscoding.codebook.phrases import read_phrases
from ipscoding.language import version
from ipscoding.suggest import Engine, build, cache
from tests.suggest_example import small_bank, small_codebook, whole_codebook

TEXT = "Taushetsplikten hindrer oss i å dele opplysninger."


@pytest.fixture(autouse=True)
def _own_home(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("IPSCODING_HOME", str(tmp_path))


def learnt() -> Engine:
    return build(small_codebook(), small_bank(4))


def kept() -> list[Path]:
    return sorted(cache.folder().glob("*.npz"))


def test_it_is_kept_in_the_folder_that_was_asked_for(tmp_path: Path) -> None:
    learnt()
    assert [file.parent for file in kept()] == [tmp_path / "cache" / "suggest"]
    assert not list(tmp_path.rglob("*.part"))


@pytest.mark.parametrize("damage", ["empty", "noise", "cut", "flipped", "foreign"])
def test_a_damaged_file_is_learnt_anew(damage: str) -> None:
    before = learnt().rank(TEXT)
    [file] = kept()
    data = file.read_bytes()
    flipped = bytearray(data)
    flipped[100::64] = bytes(byte ^ 0xFF for byte in flipped[100::64])
    if damage == "foreign":
        import numpy as np

        np.savez(file, names=np.zeros(3, np.uint8))
    else:
        file.write_bytes({"empty": b"", "noise": b"x" * 500, "cut": data[:-200], "flipped": bytes(flipped)}[damage])
    assert cache.load(file.stem) is None
    assert learnt().rank(TEXT) == before
    assert cache.load(file.stem) is not None


def test_another_version_of_the_engine_learns_anew(monkeypatch: pytest.MonkeyPatch) -> None:
    learnt()
    monkeypatch.setattr(cache, "ENGINE_VERSION", cache.ENGINE_VERSION + 1)
    assert cache.load(cache.key(small_codebook(), small_bank(4))) is None
    learnt()
    assert len(kept()) == 2


@pytest.mark.parametrize(
    "changed",
    [
        ("lemmas", "_MENDED"),
        ("bridge_pairs", "NYNORSK"),
        ("bridge_pairs", "DIALECT"),
        ("bridge", "_RULES"),
        ("keys", "STOP_KEYS"),
    ],
)
def test_other_rules_of_the_language_learn_anew(changed: tuple[str, str], monkeypatch: pytest.MonkeyPatch) -> None:
    before = cache.key(small_codebook(), small_bank(4))
    module = import_module(f"ipscoding.language.{changed[0]}")
    table = getattr(module, changed[1])
    more = {**table, "xyz": "abc"} if isinstance(table, dict) else type(table)([*list(table), *list(table)[:1], "xyz"])
    monkeypatch.setattr(module, changed[1], more)
    version.version.cache_clear()
    try:
        assert cache.key(small_codebook(), small_bank(4)) != before
    finally:
        monkeypatch.undo()
        version.version.cache_clear()
    assert cache.key(small_codebook(), small_bank(4)) == before


def test_only_the_newest_few_are_kept() -> None:
    trained = learnt().trained
    for number in range(9):
        assert cache.save(f"{number:064x}", trained)
    assert len(kept()) == 6


def test_a_folder_that_cannot_be_written_is_no_obstacle(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "file").write_text("in the way")
    monkeypatch.setenv("IPSCODING_HOME", str(tmp_path / "file"))
    assert learnt().rank(TEXT)


def test_what_ships_was_learnt_from_the_codebook_and_bank_that_ship() -> None:
    """If this fails, codebook, bank, engine or rules of language have changed: run `python scripts/trained_bank.py`."""
    codebook = whole_codebook()
    phrases = read_phrases(default_path().with_name("ips-phrases.tsv"))
    trained = cache.read(shipped.codebooks() / cache.SHIPPED, cache.key(codebook, phrases))
    assert trained is not None
    assert trained.codes == tuple(code.id for code in codebook.active())
    assert (shipped.codebooks() / cache.SHIPPED).stat().st_size < 10_000_000
    build(codebook, phrases, progress=lambda share, what: pytest.fail("learnt again"))
    assert not kept()
