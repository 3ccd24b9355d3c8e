"""Annotations of UIMA tools, made with the library that reads them and counted in UTF-16 in the files."""

import json
import sys
import zipfile
from pathlib import Path

import pytest

from ipscoding.domain import Valence
from ipscoding.errors import FileProblem
from ipscoding.exchange.foreign.cas import read_cas
from ipscoding.exchange.foreign.formats import form_of, read_foreign

cassis = pytest.importorskip("cassis")

TEXT = "A: Å ringe 😊 selv var tungt.\nA: Hun ble med 💪, og det hjalp."
QUOTES = {"selv var tungt": ("tungt", "hemmer"), "Hun ble med 💪": ("følge", "▲"), "og det hjalp": ("følge", "kanskje")}


def made(text: str = TEXT) -> "cassis.Cas":
    types = cassis.TypeSystem()
    finding = types.create_type("webanno.custom.Funn", "uima.tcas.Annotation")
    for name in ("Kode", "retning", "memo"):
        types.create_feature(finding, name, "uima.cas.String")
    bare = types.create_type("webanno.custom.Merke", "uima.tcas.Annotation")
    relation = types.create_type("webanno.custom.Fra", "uima.tcas.Annotation")
    types.create_feature(relation, "Dependent", "uima.tcas.Annotation")
    sentence = types.create_type("de.tudarmstadt.ukp.dkpro.core.api.segmentation.type.Sentence", "uima.tcas.Annotation")
    cas = cassis.Cas(types)
    cas.sofa_string = text
    cas.sofa_mime = "text/plain"
    for quote, (code, direction) in QUOTES.items():
        start = text.index(quote)
        one = finding(begin=start, end=start + len(quote), Kode=code, retning=direction, memo="sagt lavt")
        cas.add(one)
    cas.add(bare(begin=0, end=2))
    cas.add(bare(begin=3, end=3))
    cas.add(relation(begin=0, end=2, Dependent=one))
    cas.add(sentence(begin=0, end=len(text)))
    return cas


@pytest.fixture(params=["json", "xmi", "zip"])
def path(tmp_path: Path, request: pytest.FixtureRequest) -> Path:
    cas = made()
    path = tmp_path / f"p01.{request.param}"
    if request.param == "json":
        path.write_text(cas.to_json(), encoding="utf-8")
    elif request.param == "xmi":
        path.write_bytes(cas.to_xmi().encode())
        path.with_name("TypeSystem.xml").write_text(cas.typesystem.to_xml(), encoding="utf-8")
    else:
        with zipfile.ZipFile(path, "w") as zipped:
            zipped.writestr("p01.xmi", cas.to_xmi())
            zipped.writestr("TypeSystem.xml", cas.typesystem.to_xml())
    return path


def test_annotations_of_own_layers_are_codings_at_their_words(path: Path) -> None:
    assert form_of(path) == "cas"
    study = read_foreign(path, options={"by": "kari"})
    labels = {code.key: code.label for code in study.codes}
    said = {(c.span.of(TEXT), labels[c.code], c.valence, c.memo, c.coder) for c in study.codings}
    assert said == {
        ("selv var tungt", "tungt", Valence.BARRIER, "sagt lavt", "kari"),
        ("Hun ble med 💪", "følge", Valence.FACILITATOR, "sagt lavt", "kari"),
        ("og det hjalp", "følge", Valence.NONE, "sagt lavt", "kari"),
        ("A:", "Merke", Valence.NONE, "", "kari"),
    }
    assert study.left_out == ["1 relation", "1 annotation without text"]
    assert "direction" in study.doubts[0]
    assert all(coding.quote == coding.span.of(TEXT) for coding in study.codings)


def test_the_files_count_utf_16(tmp_path: Path) -> None:
    structures = json.loads(made().to_json())["%FEATURE_STRUCTURES"]
    begins = [one["begin"] for one in structures if one["%TYPE"] == "webanno.custom.Funn"]
    assert TEXT.index("selv var tungt") + 1 in begins


def test_layer_and_features_can_be_said(path: Path) -> None:
    study = read_foreign(path, options={"column:layer": "Funn", "column:code": "Retning", "column:valence": "memo"})
    assert {code.label for code in study.codes} == {"hemmer", "▲", "kanskje"}
    for wrong, hint in (({"code": "rettning"}, "Near it: retning"), ({"kode": "Kode"}, "Near it: code")):
        with pytest.raises(FileProblem, match=hint):
            read_cas(path, wrong)


def test_in_the_folders_of_a_project_files_are_called_after_who_annotated(tmp_path: Path) -> None:
    folder = tmp_path / "prosjekt" / "annotation" / "p01.txt"
    folder.mkdir(parents=True)
    for name in ("kari", "ola", "INITIAL_CAS"):
        (folder / f"{name}.json").write_text(made().to_json(), encoding="utf-8")
    assert form_of(tmp_path / "prosjekt") == "cas"
    study = read_foreign(tmp_path / "prosjekt")
    assert [document.name for document in study.documents] == ["p01.txt"]
    assert study.coders == {"kari": "kari", "ola": "ola"}
    assert len(study.codings) == 8


def test_line_ends_of_windows(tmp_path: Path) -> None:
    path = tmp_path / "p01.json"
    path.write_text(made(TEXT.replace("\n", "\r\n")).to_json(), encoding="utf-8")
    study = read_foreign(path)
    assert study.documents[0].text == TEXT
    assert {c.span.of(TEXT) for c in study.codings} == {*QUOTES, "A:"}


@pytest.mark.parametrize(
    ("name", "data", "said"),
    [
        ("a.json", b'{"%TYPES": {', "damaged"),
        ("a.json", b'{"%TYPES": {}, "%FEATURE_STRUCTURES": [{"%ID": 1}], "%VIEWS": {}}', "damaged"),
        ("a.json", b'{"%TYPES": ' + b"[" * 100_000, "damaged"),
        ("a.xmi", b"<xmi/>", "type system"),
        ("a.zip", b"PK\x03\x04rest", "damaged"),
        ("a.json", b"{}", "holds no CAS"),
    ],
)
def test_what_is_damaged_is_refused_in_one_line(tmp_path: Path, name: str, data: bytes, said: str) -> None:
    (tmp_path / name).write_bytes(data)
    with pytest.raises(FileProblem, match=said) as problem:
        read_foreign(tmp_path / name, "cas")
    assert "\n" not in str(problem.value)


def test_a_document_type_is_refused(tmp_path: Path) -> None:
    (tmp_path / "TypeSystem.xml").write_text(made().typesystem.to_xml())
    (tmp_path / "a.xmi").write_text('<!DOCTYPE a [<!ENTITY b "c">]><a>&b;</a>')
    with pytest.raises(FileProblem, match="document type"):
        read_foreign(tmp_path / "a.xmi")


def test_without_the_library_it_says_how_to_get_it(path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "cassis", None)
    with pytest.raises(FileProblem, match=r"pip install 'ipscoding\[uima\]'"):
        read_foreign(path)
