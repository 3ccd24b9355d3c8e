"""REFI-QDA out: by the standard, and back again without loss."""

import io
import zipfile
from pathlib import Path
from typing import Any
from xml.etree import ElementTree

import pytest
from hypothesis import HealthCheck, Phase, given, settings

from ipscoding.cli.main import run
from ipscoding.domain import Span, Valence
from ipscoding.errors import IpscodingError
from ipscoding.exchange.foreign.into import land_file
from ipscoding.exchange.foreign.land import land
from ipscoding.exchange.foreign.refi_in import read_codebook, read_project
from ipscoding.exchange.foreign.refi_out import TARGETS, write_qdc, write_qdpx
from ipscoding.project import Project, check, codebooks, codes, codings, create, documents, memos, open_project
from tests.project_example import make, span_of
from tests.refi_example import build, differences, held, projects

STANDARD = Path(__file__).parents[2] / "shared" / "interop" / "refi-standard"


def written(project: Project, target: str = "standard", **chosen: Any) -> bytes:
    file = io.BytesIO()
    write_qdpx(project, file, target=target, **chosen)
    return file.getvalue()


def xml(data: bytes) -> bytes:
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        return archive.read("project.qde")


def coded(tmp_path: Path) -> Project:
    project = make(tmp_path)
    first = documents.find(project, "p01").id
    codings.add(
        project, first, span_of(project, first, "Døra hans"), "org.nær", Valence.FACILITATOR, strength=2, memo="Åpen"
    )
    codings.add(project, first, span_of(project, first, "Døra hans"), "org.leiing", Valence.BARRIER)
    codings.add(project, first, span_of(project, first, "Men sjefen er borte"), "gen.forslag", Valence.NONE)
    memos.put(project, project.id, "Om alt")
    return project


@settings(
    max_examples=25,
    deadline=None,
    phases=(Phase.explicit, Phase.generate),
    suppress_health_check=[HealthCheck.function_scoped_fixture],
)
@given(told=projects())
def test_out_and_in_again_is_the_same_project(told: dict[str, Any], tmp_path_factory: pytest.TempPathFactory) -> None:
    folder = tmp_path_factory.mktemp("refi")
    with build(folder / "a", told) as project:
        before = held(project)
        for target in ("standard", "atlasti", "nvivo"):
            path = folder / f"{target}.qdpx"
            path.write_bytes(written(project, target))
            _check_against_standard(xml(path.read_bytes()), "Project_with_MIT_notice.xsd")
            done = land_file(folder / target, read_project(path), "a", coder="Kari")
            assert not done.left_out
            assert not done.doubts
            with open_project(folder / f"{target}.ipscoding", coder="Kari") as back:
                assert not differences(held(back), before)
                assert not land(back, read_project(path), "a").new
        assert not land(project, read_project(path), "a").new
        assert held(project) == before


def _check_against_standard(data: bytes, schema: str) -> None:
    if (STANDARD / schema).exists():
        from lxml import etree

        checker = etree.XMLSchema(etree.parse(str(STANDARD / schema)))
        assert checker.validate(etree.fromstring(data)), checker.error_log.last_error


@pytest.mark.parametrize("target", TARGETS)
def test_the_example_project_is_valid_and_comes_back(demo: Path, tmp_path: Path, target: str) -> None:
    with open_project(demo, coder="Kari") as project:
        data = written(project, target)
        assert data == written(project, target)
        before = held(project)
    _check_against_standard(xml(data), "Project_with_MIT_notice.xsd")
    path = tmp_path / "demo.qdpx"
    path.write_bytes(data)
    land_file(tmp_path / "back", read_project(path), "demo", coder="Kari")
    with open_project(tmp_path / "back.ipscoding", coder="Kari") as back:
        assert held(back) == before


def test_a_codebook_is_valid_and_comes_back_with_labels_and_places(tmp_path: Path) -> None:
    project = make(tmp_path)
    file = io.BytesIO()
    write_qdc(project, file)
    _check_against_standard(file.getvalue(), "Codebook.xsd")
    path = tmp_path / "a.qdc"
    path.write_bytes(file.getvalue())
    assert not land(project, read_codebook(path), "a").new
    with create(tmp_path / "b", coder="Ola") as other:
        land(other, read_codebook(path), "a")
        book = codebooks.load(other)
        assert {code.uuid for code in book.codes} == {code.uuid for code in codebooks.load(project).codes}
        assert [code.label["nb"] for code in book.path("organisering.nærhet")] == ["Organisering", "Nærhet"]


def test_direction_and_strength_are_codes_that_other_programs_can_search_for(tmp_path: Path) -> None:
    root = ElementTree.fromstring(xml(written(coded(tmp_path))))
    space = "{urn:QDA-XML:project:1.0}"
    names = {code.get("guid"): code.get("name") for code in root.iter(f"{space}Code")}
    found = [
        sorted(names[ref.get("targetGUID")] or "" for ref in selection.iter(f"{space}CodeRef"))
        for selection in root.iter(f"{space}PlainTextSelection")
    ]
    assert sorted(found) == [["Forslag"], ["Ledelse", "▼ Hemmer"], ["Nærhet", "Styrke 2", "▲ Fremmer"]]


def test_directions_are_told_apart_also_where_another_program_gave_new_ids(tmp_path: Path) -> None:
    project = coded(tmp_path)
    first = documents.find(project, "p01").id
    span = span_of(project, first, "Det går bra")
    codings.add(project, first, span, "org.nær", Valence.BOTH, strength=1)
    root = ElementTree.fromstring(xml(written(project)))
    space = "{urn:QDA-XML:project:1.0}"
    for number, coding in enumerate(root.iter(f"{space}Coding")):
        coding.set("guid", f"00000000-0000-4000-8000-{number:012d}")
    notes = root.find(f"{space}Notes")
    assert notes is not None
    root.remove(notes)
    path = tmp_path / "other.qde"
    (tmp_path / "sources").mkdir()
    for document in documents.all(project):
        (tmp_path / "sources" / f"{document.id}.txt").write_text(documents.text(project, document.id), "utf-8")
    path.write_bytes(ElementTree.tostring(root))
    other = read_project(path)
    labels = {code.key: code.label for code in other.codes}
    found = {(labels[one.code], one.valence, one.strength) for one in other.codings}
    assert ("Nærhet", Valence.BOTH, 1) in found
    # two directions on one passage by one coder: it cannot be told which belongs to which code
    assert ("Ledelse", Valence.NONE, 2) in found
    assert any("2 codings" in doubt for doubt in other.doubts)


def test_what_another_program_changed_stands_and_the_rest_is_as_it_was(tmp_path: Path) -> None:
    project = coded(tmp_path)
    codes.change(project, "org.nær", include_when={"nb": "Når de sitter sammen."})
    data = xml(written(project)).decode("utf-8")
    assert data.count("Brukes når: Når de sitter sammen.") == 1
    changed = data.replace('name="Nærhet"', 'name="Nærleik"').replace("Avstand mellom folk.", "Noe annet.", 1)
    path = tmp_path / "changed.qde"
    path.write_text(changed, "utf-8")
    with create(tmp_path / "b", coder="Ola") as other:
        done = land(other, read_project(path), "a")
        code = codebooks.find(other, "org.nær")
    assert dict(code.label) == {"nb": "Nærleik", "en": "Proximity"}
    assert code.definition["nb"].startswith("Noe annet.")
    assert dict(code.include_when) == {"nb": "Når de sitter sammen."}
    assert any("description" in doubt for doubt in done.doubts)


def test_places_are_counted_as_the_program_wants_that_the_file_is_for(tmp_path: Path) -> None:
    project = make(tmp_path)
    from tests.project_example import reading

    documents.add_all(project, [reading("emoji", ("P: 😀 Hei du.",))])
    emoji = documents.find(project, "emoji").id
    codings.add(project, emoji, span_of(project, emoji, "Hei"), "org.nær", Valence.BARRIER)
    assert b'startPosition="5" endPosition="8"' in xml(written(project, "standard"))
    assert b'startPosition="6" endPosition="9"' in xml(written(project, "nvivo"))


def test_only_what_was_chosen_goes_out(tmp_path: Path) -> None:
    from ipscoding.exchange.project_tables import Chosen

    project = coded(tmp_path)
    path = tmp_path / "a.qdpx"
    path.write_bytes(written(project, chosen=Chosen(names=("p01",), codes=("org.*",))))
    read = read_project(path)
    assert [one.name for one in read.documents] == ["p01"]
    assert len(read.codings) == 2
    assert [one.name for one in read.cases] == ["P01"]


def test_codes_of_one_label_have_names_of_their_own_where_a_program_wants_that(tmp_path: Path) -> None:
    project = make(tmp_path)
    codes.add(project, {"nb": "Nærhet"}, parent="gen")
    data = xml(written(project, "qualcoder")).decode("utf-8")
    assert 'name="Nærhet (Tverrgående)"' in data
    path = tmp_path / "a.qde"
    path.write_text(data, "utf-8")
    with create(tmp_path / "b", coder="Ola") as other:
        land(other, read_project(path), "a")
        assert codebooks.find(other, "gen.nærhet").label == {"nb": "Nærhet"}


def test_a_memo_on_a_passage_goes_out_as_a_passage_without_codes(tmp_path: Path) -> None:
    project = make(tmp_path)
    first = documents.find(project, "p01").id
    from ipscoding.project import journal

    with journal.command(project, "memo") as act:
        values = {"target": first, "coder": act.coder, "text": "Se her", "created_at": "2026-01-01T00:00:00Z"}
        act.create("memo", "00000000-0000-4000-8000-000000000001", {**values, "start": 3, "end": 10})
    path = tmp_path / "a.qdpx"
    path.write_bytes(written(project))
    (memo,) = read_project(path).memos
    assert (memo.text, memo.span) == ("Se her", Span(3, 10))


def test_with_blind_coding_the_work_of_others_stays_here(tmp_path: Path) -> None:
    from ipscoding.project import settings as stored

    project = coded(tmp_path)
    stored.set(project, "blind", True)
    project.close()
    with open_project(project.path, coder="Ola") as other:
        first = documents.find(other, "p01").id
        codings.add(other, first, span_of(other, first, "Det går bra"), "org.nær", Valence.BARRIER)
        file = io.BytesIO()
        said = write_qdpx(other, file)
        path = tmp_path / "a.qdpx"
        path.write_bytes(file.getvalue())
    found = read_project(path)
    assert [found.coders[one.coder] for one in found.codings] == ["Ola"]
    assert any("3 codings of others" in sentence for sentence in said)
    assert not any(memo.text == "Åpen" for memo in found.memos)
    assert "Åpen" not in xml(path.read_bytes()).decode("utf-8")


def test_the_command_writes_both_forms(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    project = coded(tmp_path)
    project.close()
    where, out = str(project.path), tmp_path / "ut.qdpx"
    assert run(["export", where, "--to", "qdpx", "--target", "nvivo", "-o", str(out)]) == 0
    assert run(["export", where, "--to", "qdc", "-o", str(tmp_path / "ut.qdc")]) == 0
    assert run(["import-project", where, str(out), "--coder", "Kari"]) == 0
    assert "Nothing is new" in capsys.readouterr().out
    assert run(["export", where, "--to", "qdc", "--target", "nvivo", "-o", str(tmp_path / "b.qdc")]) == 2
    assert out.stat().st_mode & 0o777 == 0o600


@pytest.mark.parametrize(
    "note",
    [
        '{"fields": {"code": {"%s": {"valence": "sideways", "code": "x", "position": 0}}}}',
        '{"fields": {"code": {"%s": {"x\\") VALUES (1); --": 1, "code": ["x"], "position": 0}}}}',
        '{"fields": {"code": {"%s": {"examples": [1], "code": "x", "position": "a"}}}}',
        '{"fields": {"status": {"%s": {}}, "coding": {"*": {"strength": 7}}}}',
        '{"fields": {"%s": 5}}',
        '{"fields": []}',
        "[" * 2000,
        "",
    ],
)
def test_a_note_of_ours_that_somebody_changed_harms_nothing(tmp_path: Path, note: str) -> None:
    project = make(tmp_path)
    root = ElementTree.fromstring(xml(written(project)))
    space = "{urn:QDA-XML:project:1.0}"
    code = codebooks.find(project, "org.nær").uuid
    content = root.find(f"{space}Notes/{space}Note/{space}PlainTextContent")
    assert content is not None
    content.text = note % code if "%s" in note else note
    path = tmp_path / "changed.qde"
    path.write_bytes(ElementTree.tostring(root))
    with create(tmp_path / "b", coder="Ola") as other:
        before = held(other)
        try:
            land(other, read_project(path), "changed.qde")
        except IpscodingError:
            assert held(other) == before
        assert not [one for one in check.check(other) if one.found]
        assert isinstance(codebooks.load(other).codes, tuple)
