"""REFI-QDA in: every way in which programs write it, and nothing that could harm."""

import json
import os
import random
import zipfile
from contextlib import suppress
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ipscoding.cli.main import run
from ipscoding.domain import Span
from ipscoding.errors import FileProblem, IpscodingError, NotFound
from ipscoding.exchange.foreign.formats import read_foreign
from ipscoding.exchange.foreign.offsets import Counted, Marked, Model, choose, models, parse_model
from ipscoding.exchange.foreign.project import ForeignProject
from ipscoding.exchange.foreign.refi_in import read_codebook, read_project

INTEROP = Path(__file__).parents[2] / "shared" / "interop"
SAMPLES = Path(__file__).parent / "samples" / "refi"
TEXT = "I: Hva hjelper?\nP: Ledelsen støtter oss, og kolleger.\n"
CODES = """<CodeBook><Codes><Code guid="11111111-0000-4000-8000-000000000001" name="Støtte" isCodable="true">
<Code guid="11111111-0000-4000-8000-000000000002" name="Ledelse" color="#0a0"/></Code></Codes></CodeBook>"""
CODE = "11111111-0000-4000-8000-000000000001"


def project(
    sources: str = "", rest: str = "", codes: str = CODES, root: str = 'name="Prøve" origin="Test"', space: str = "1.0"
) -> str:
    return (
        f'<?xml version="1.0" encoding="utf-8"?><Project xmlns="urn:QDA-XML:project:{space}" {root}>'
        f'<Users><User guid="22222222-0000-4000-8000-000000000001" name="Kari"/></Users>{codes}'
        f"<Sources>{sources}</Sources>{rest}</Project>"
    )


def selection(quote: str, inside: str = "", text: str = TEXT, **attributes: str) -> str:
    at = text.index(quote)
    more = "".join(f' {name}="{value}"' for name, value in attributes.items())
    body = inside or f'<Coding guid="c-{at}"><CodeRef targetGUID="{CODE}"/></Coding>'
    end = at + len(quote)
    return (
        f'<PlainTextSelection guid="s-{at}" startPosition="{at}" endPosition="{end}"{more}>{body}</PlainTextSelection>'
    )


def source(inside: str = "", path: str = "internal://a.txt", more: str = "") -> str:
    return f'<TextSource guid="d1" name="Intervju" plainTextPath="{path}" {more}>{inside}</TextSource>'


def packed(folder: Path, qde: str, name: str = "project.qde", texts: dict[str, bytes] | None = None) -> Path:
    path = folder / "a.qdpx"
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr(name, qde)
        for where, data in (texts if texts is not None else {"sources/a.txt": TEXT.encode()}).items():
            archive.writestr(where, data)
    return path


def read(folder: Path, qde: str, **options: object) -> ForeignProject:
    return read_project(packed(folder, qde, **options))  # type: ignore[arg-type]


def quotes(found: ForeignProject) -> list[str]:
    texts = {document.key: document.text for document in found.documents}
    return [coding.span.of(texts[coding.document]) for coding in found.codings]


@pytest.mark.skipif(not INTEROP.exists(), reason="the synthetic projects lie beside the program")
@pytest.mark.parametrize("name", ["nvivo_win_like", "atlasti_win_like", "maxqda_mac_like", "standard_conformant"])
def test_the_synthetic_projects_are_read_as_they_were_meant(name: str) -> None:
    expected = json.loads((INTEROP / "refi-synthetic" / "expected.json").read_text("utf-8"))
    found = read_project(INTEROP / "refi-synthetic" / f"{name}.qdpx")
    wanted = expected["files"][f"{name}.qdpx"]
    assert found.program == wanted["origin"]
    assert found.documents[0].text == expected["text"]
    labels = {code.key: code.label for code in found.codes}
    assert [
        (one.span.start, one.span.end, one.span.of(expected["text"]), labels[one.code], found.coders[one.coder])
        for one in found.codings
    ] == [(one["start"], one["end"], one["text"], one["code"], one["coder"]) for one in wanted["selections"]]
    assert {code.label: (code.codable, code.colour) for code in found.codes}["Lite tid"] == (True, "#cc0000")
    assert sorted(memo.on for memo in found.memos) == ["coding", "coding", "project"]
    assert found.cases[0].attributes == {"Rolle": "sykepleier", "Erfaring (år)": "12"}
    assert [group.name for group in found.sets] == ["Ansatte"]
    assert not found.left_out
    assert not found.doubts


@pytest.mark.skipif(not INTEROP.exists(), reason="the standard's examples lie beside the program")
def test_the_examples_of_the_standard_are_read_and_what_they_lack_is_told() -> None:
    assert len(read_codebook(INTEROP / "refi-standard" / "A1_codebook.qdc").codes) == 6
    atlas = read_project(INTEROP / "refi-standard" / "A2_project.qde")
    assert (len(atlas.codes), len(atlas.coders)) == (14, 3)
    assert any("1 picture" in sentence for sentence in atlas.left_out)
    transana = read_project(INTEROP / "refi-standard" / "A3_project.qde")
    assert (len(transana.codes), len(transana.coders)) == (19, 63)
    assert sum(code.codable for code in transana.codes) == 12


def test_a_sample_as_of_nvivo(tmp_path: Path) -> None:
    found = read_foreign(SAMPLES / "study.qdpx")
    assert quotes(found) == ["Veilederen 😀 ringte hver uke", "Møtene lå for tidlig på dagen", "bussen gikk sjelden"]
    assert [(memo.on, memo.text) for memo in found.memos] == [
        ("coding", "Tidspunkt\nGjelder flere."),
        ("coding", "Merknad\nSpurt igjen i mars."),
    ]
    assert not found.doubts
    shifted = read_project(SAMPLES / "study.qdpx", "codepoint,crlf1")
    assert quotes(shifted) != quotes(found)


@given(
    st.sampled_from(models(Counted("😀\r\n", has_bom=True), {})),
    st.lists(st.text("abæ😀", min_size=1, max_size=6), min_size=12, max_size=30),
)
def test_the_way_of_counting_is_found_out(model: Model, words: list[str]) -> None:
    raw = "".join(f"æb{word}c.\r\n" for word in words) + "😀 slutt\r\n"
    counted = Counted(raw, has_bom=True)
    marks = []
    at = int(model.bom)
    for word in words:
        length = sum(2 if letter > "\uffff" and model.unit == "utf16" else 1 for letter in word) + 3
        marks.append(Marked(at, at + length))
        at += length + 1 + model.crlf
    found = choose(counted, marks, {}, "", {})
    assert [counted.span(mark, found.model) for mark in marks] == [counted.span(mark, model) for mark in marks]


def test_half_characters_are_whole_and_places_beyond_the_text_are_none() -> None:
    counted = Counted("a😀\r\nb", has_bom=False)
    utf16 = Model("utf16", 2)
    assert counted.span(Marked(2, 3), utf16) == Span(1, 2)
    assert counted.span(Marked(0, 6), utf16) == Span(0, 4)
    assert counted.span(Marked(0, 7), utf16) is None
    assert counted.span(Marked(3, 2), utf16) is None


def test_how_places_are_counted_can_be_said() -> None:
    assert parse_model(" UTF16, crlf2 ,nobom") == {"unit": "utf16", "crlf": 2, "bom": False}
    with pytest.raises(NotFound):
        parse_model("bytes")


@pytest.mark.parametrize("name", ["project.qde", "Project.qde", "Min studie.qde"])
def test_the_project_may_have_any_name(tmp_path: Path, name: str) -> None:
    assert quotes(read(tmp_path, project(source(selection("Ledelsen"))), name=name)) == ["Ledelsen"]


def test_several_projects_in_one_file_are_refused_unless_one_is_called_so(tmp_path: Path) -> None:
    path = packed(tmp_path, project(), name="a.qde")
    with zipfile.ZipFile(path, "a") as archive:
        archive.writestr("b.qde", project())
    with pytest.raises(FileProblem, match="2 files"):
        read_project(path)
    with zipfile.ZipFile(path, "a") as archive:
        archive.writestr("Project.qde", project(source(selection("Ledelsen"))))
        archive.writestr("sources/.root", b"")
    assert quotes(read_project(path)) == ["Ledelsen"]


@pytest.mark.parametrize("folder", ["sources", "Sources", "SOURCES", "source"])
@pytest.mark.parametrize("path", ["internal://a.txt", "a.txt", "internal:///a.txt", "internal://A.TXT"])
def test_texts_are_found_in_any_case_and_with_or_without_a_scheme(tmp_path: Path, folder: str, path: str) -> None:
    texts = {f"{folder}/a.txt": TEXT.encode()}
    assert quotes(read(tmp_path, project(source(selection("Ledelsen"), path)), texts=texts)) == ["Ledelsen"]


@pytest.mark.parametrize("path", ["relative:///../secret.txt", "absolute:///etc/passwd", "file:///etc/passwd"])
def test_texts_outside_the_file_are_not_looked_at(tmp_path: Path, path: str) -> None:
    (tmp_path / "secret.txt").write_text("hemmelig")
    found = read(tmp_path, project(source(selection("Ledelsen"), path)))
    assert not found.documents
    assert any("outside the file" in sentence for sentence in found.left_out)
    assert any("1 source without text" in sentence for sentence in found.left_out)


@pytest.mark.parametrize("space", ["1.0", "0:10", "0:4", "1:0"])
def test_any_version_of_the_namespace_is_read(tmp_path: Path, space: str) -> None:
    assert quotes(read(tmp_path, project(source(selection("Ledelsen")), space=space))) == ["Ledelsen"]


def test_nested_codes_can_be_coded_with_and_what_is_missing_is_assumed(tmp_path: Path) -> None:
    codes = read(tmp_path, project()).codes
    assert [(code.label, code.parent, code.codable, code.colour) for code in codes] == [
        ("Støtte", None, True, ""),
        ("Ledelse", CODE, True, "#00aa00"),
    ]


def test_ids_in_braces_and_capitals_are_the_same_ids(tmp_path: Path) -> None:
    coding = f'<Coding guid="c"><CodeRef targetGUID="{{{CODE.upper()}}}"/></Coding>'
    found = read(tmp_path, project(source(selection("Ledelsen", coding))))
    assert found.codings[0].code == CODE


def test_who_coded_is_looked_for_further_up(tmp_path: Path) -> None:
    coding = '<Coding guid="c"{}><CodeRef targetGUID="x"/></Coding>'
    maker = 'creatingUser="{}"'.format
    for own, on_selection, on_source, root, expected in (
        (" " + maker("a"), maker("b"), maker("c"), "d", "a"),
        ("", maker("b"), maker("c"), "d", "b"),
        ("", "", maker("c"), "d", "c"),
        ("", "", "", "d", "d"),
        ("", "", "", "", ""),
    ):
        inside = selection("Ledelsen", coding.format(own)).replace("startPos", f"{on_selection} startPos")
        qde = project(source(inside, more=on_source), root=f'name="x" creatingUserGUID="{root}"')
        assert read(tmp_path, qde).codings[0].coder == expected


def test_notes_in_all_their_forms(tmp_path: Path) -> None:
    coding = f'<Coding guid="c"><CodeRef targetGUID="{CODE}"/></Coding>'
    inside = (
        selection("Ledelsen", "<Description>Som i ATLAS.ti</Description>" + coding)
        + selection("støtter", "<Description>Som i MAXQDA</Description>")
        + selection("kolleger", "<NoteRef targetGUID='n1'/>")
        + selection("oss", "")
        + '<NoteRef targetGUID="n2"/><NoteRef targetGUID="n3"/>'
    )
    at = TEXT.index("Hva hjelper")
    notes = (
        '<Notes><Note guid="n1" name="Som i NVivo"><PlainTextContent>Her</PlainTextContent></Note>'
        '<Note guid="n2"><PlainTextContent>Om intervjuet</PlainTextContent></Note>'
        f'<Note guid="n3"><PlainTextContent>Som i QualCoder</PlainTextContent><PlainTextSelection guid="q" '
        f'startPosition="{at}" endPosition="{at + 11}"/></Note>'
        '<Note guid="n4"><PlainTextContent>Fri</PlainTextContent></Note>'
        '<Note guid="n5"><PlainTextContent>Merknad</PlainTextContent></Note></Notes>'
        '<Links><Link guid="l" originGUID="s-39" targetGUID="n5"/></Links>'.replace("s-39", f"s-{TEXT.index('oss')}")
    )
    found = read(tmp_path, project(source("<Description>Kort</Description>" + inside), notes))
    told = {(memo.on, memo.text, memo.span.of(TEXT) if memo.span else "") for memo in found.memos}
    assert told == {
        ("coding", "Som i ATLAS.ti", ""),
        ("document", "Som i MAXQDA", "støtter"),
        ("document", "Som i NVivo\nHer", "kolleger"),
        ("document", "Om intervjuet", ""),
        ("document", "Som i QualCoder", "Hva hjelper"),
        ("project", "Fri", ""),
        ("coding", "Merknad", ""),
    }
    assert found.documents[0].memo == "Kort"


def test_cases_with_variables_of_every_kind(tmp_path: Path) -> None:
    value = '<VariableValue><VariableRef targetGUID="{}"/>{}</VariableValue>'.format
    rest_before = (
        '<Variables><Variable guid="v1" name="Alder" typeOfVariable="Integer"/>'
        '<Variable guid="v2" name="Jobb" typeOfVariable="Boolean"/><Variable guid="v3" name="Tom" '
        'typeOfVariable="Text"/></Variables>'
    )
    cases = (
        '<Cases><Case guid="p"><SourceRef targetGUID="d1"/></Case>'
        f'<Case guid="q" name="Kari"><CodeRef targetGUID="x"/>{value("v1", "<IntegerValue>40</IntegerValue>")}'
        f"{value('v2', '<BooleanValue>true</BooleanValue>')}{value('v3', '')}</Case></Cases>"
    )
    on_source = value("v1", "<IntegerValue>41</IntegerValue>")
    found = read(tmp_path, project(source(selection("Ledelsen") + on_source), rest_before + cases))
    assert [(case.name, case.documents, case.attributes) for case in found.cases] == [
        ("", ("d1",), {}),
        ("Kari", (), {"Alder": "40", "Jobb": "true"}),
    ]
    assert found.documents[0].attributes == {"Alder": "41"}
    assert "1 code of a case" in found.left_out


def test_texts_of_pdfs_and_transcripts_of_recordings(tmp_path: Path) -> None:
    sources = (
        '<PDFSource guid="p" name="Rapport" path="internal://r.pdf">'
        '<PDFSelection guid="a" page="1" firstX="1" firstY="1" '
        f'secondX="2" secondY="2"><Coding guid="x"><CodeRef targetGUID="{CODE}"/></Coding></PDFSelection>'
        f'<Representation guid="r" plainTextPath="internal://a.txt">{selection("Ledelsen")}</Representation></PDFSource>'
        '<PDFSource guid="p2" name="Bilde"/><PictureSource guid="b" name="Foto"/>'
        '<AudioSource guid="l" name="Opptak"><Transcript guid="t" plainTextPath="internal://b.txt">'
        '<SyncPoint guid="s1" timeStamp="1500" position="3"/><SyncPoint guid="s2" timeStamp="4000" position="6"/>'
        f'<TranscriptSelection guid="u" fromSyncPoint="s1" toSyncPoint="s2"><Coding guid="y"><CodeRef '
        f'targetGUID="{CODE}"/></Coding></TranscriptSelection></Transcript></AudioSource>'
    )
    texts = {"sources/a.txt": TEXT.encode(), "sources/b.txt": b"P: Hei du."}
    found = read(tmp_path, project(sources), texts=texts)
    assert [document.name for document in found.documents] == ["Rapport", "Opptak"]
    assert quotes(found) == ["Ledelsen", "Hei"]
    assert found.documents[1].times == ((3, 1.5), (6, 4.0))
    for said in ("1 area of a PDF page", "1 PDF without", "1 picture", "1 recording"):
        assert any(said in sentence for sentence in found.left_out)


def test_a_whole_source_can_be_coded(tmp_path: Path) -> None:
    coding = f'<Coding guid="w"><CodeRef targetGUID="{CODE}"/></Coding>'
    found = read(tmp_path, project(source(coding)))
    assert quotes(found) == [TEXT]
    assert any("whole source" in doubt for doubt in found.doubts)


def test_text_in_the_project_itself_and_only_as_a_word_document(tmp_path: Path) -> None:
    content = f"<PlainTextContent>{TEXT}</PlainTextContent>"
    inside = f'<TextSource guid="d1" name="a">{content}{selection("Ledelsen")}</TextSource>'
    assert quotes(read(tmp_path, project(inside))) == ["Ledelsen"]
    from docx import Document

    document = Document()
    for line in TEXT.splitlines():
        document.add_paragraph(line)
    document.save(str(tmp_path / "a.docx"))
    rich = f'<TextSource guid="d1" name="a" richTextPath="internal://a.docx">{selection("Ledelsen")}</TextSource>'
    found = read(tmp_path, project(rich), texts={"sources/a.docx": (tmp_path / "a.docx").read_bytes()})
    assert quotes(found) == ["Ledelsen"]
    assert any("Word document" in doubt for doubt in found.doubts)
    found = read(tmp_path, project(rich), texts={"sources/a.docx": b"no document"})
    assert any("cannot be read" in sentence for sentence in found.left_out)


def test_names_of_passages_are_quotes_only_where_they_are(tmp_path: Path) -> None:
    inside = (
        selection("Ledelsen", name="Ledelsen") + selection("støtter oss", name="støtter") + selection("og", name="og")
    )
    assert [one.quote for one in read(tmp_path, project(source(inside))).codings] == ["Ledelsen", "støtter", "og"]
    inside = selection("Ledelsen", name="Sitat 1") + selection("oss", name="Sitat 2")
    assert [one.quote for one in read(tmp_path, project(source(inside))).codings] == ["", ""]


def test_passages_beyond_their_text_and_without_length(tmp_path: Path) -> None:
    bad = '<PlainTextSelection guid="z" startPosition="5" endPosition="9999"/>'
    worse = '<PlainTextSelection guid="y" startPosition="x" endPosition="9"/>'
    found = read(tmp_path, project(source(selection("Ledelsen") + bad + worse)))
    assert "2 passages that do not lie in their texts" in found.left_out


def test_links_and_diagrams_are_told_about(tmp_path: Path) -> None:
    rest = '<Links><Link guid="l" originGUID="a" targetGUID="b"/></Links><Graphs><Graph guid="g"/></Graphs>'
    found = read(tmp_path, project("", rest))
    assert {"1 link", "1 diagram"} <= set(found.left_out)


def test_a_path_that_leads_out_of_the_file_is_refused(tmp_path: Path) -> None:
    for name in ("../../evil.txt", "/etc/evil", "C:/evil", "sources\\..\\..\\evil"):
        with pytest.raises(FileProblem, match="leads out"):
            read(tmp_path, project(), texts={name: b"x"})


def test_a_bomb_is_refused(tmp_path: Path) -> None:
    path = tmp_path / "bomb.qdpx"
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("project.qde", "<Project>" + " " * 30_000_000 + "</Project>")
    with pytest.raises(FileProblem, match="far more"):
        read_project(path)


@pytest.mark.parametrize(
    "qde",
    [
        '<!DOCTYPE Project [<!ENTITY a "b">]><Project>&a;</Project>',
        '<!DOCTYPE Project SYSTEM "http://localhost/x.dtd"><Project/>',
        "<Project>" + "<Code>" * 5000 + "</Code>" * 5000 + "</Project>",
        "<Html/>",
        "<Project>",
        "",
        "\x00",
    ],
)
def test_what_is_no_project_is_refused_in_one_line(tmp_path: Path, qde: str) -> None:
    with pytest.raises(FileProblem) as problem:
        read(tmp_path, qde)
    assert "\n" not in str(problem.value)


def test_damaged_files_are_refused_or_read(tmp_path: Path) -> None:
    data = (SAMPLES / "study.qdpx").read_bytes()
    chance = random.Random(6)
    path = tmp_path / "a.qdpx"
    for number in range(300):
        bad = bytearray(data[: chance.randrange(len(data))] if number % 3 == 0 else data)
        for _time in range(chance.randrange(1, 30)):
            if bad:
                bad[chance.randrange(len(bad))] = chance.randrange(256)
        path.write_bytes(bytes(bad) if number % 10 else chance.randbytes(400))
        with suppress(IpscodingError):
            read_project(path)


def test_a_damaged_file_leaves_no_project_behind(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    path = tmp_path / "a.qdpx"
    path.write_bytes(b"PK\x03\x04")
    target = tmp_path / "ny.ipscoding"
    assert run(["import-project", os.fspath(target), os.fspath(path)]) == 2
    assert not target.exists()
    said = capsys.readouterr().err
    assert said.startswith("ipscoding: a.qdpx is damaged")
    assert said.count("\n") == 1


def test_the_command_makes_a_project_and_tells_what_came(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    target = os.fspath(tmp_path / "ny.ipscoding")
    assert run(["import-project", target, os.fspath(SAMPLES / "study.qdpx"), "--coder", "Kari"]) == 0
    said = capsys.readouterr().out
    assert "Codings: 3 new" in said
    assert "UTF-16" in said
    assert run(["codebook", "import", target, os.fspath(SAMPLES / "codes.qdc"), "--coder", "Kari"]) == 0
    assert "Codes: 1 new, 2 there already" in capsys.readouterr().out
    assert run(["import-project", target, os.fspath(SAMPLES / "study.qdpx"), "--coder", "Ola"]) == 0
    assert "Nothing is new" in capsys.readouterr().out


def test_a_codebook_of_atlas_ti_and_one_of_taguette(tmp_path: Path) -> None:
    found = read_foreign(SAMPLES / "codes.qdc")
    assert [(code.label, code.codable) for code in found.codes] == [
        ("Hjelp", True),
        ("Oppfølging", True),
        ("Grupper", False),
    ]
    assert found.sets[0].codes == (found.codes[1].key,)
    path = tmp_path / "taguette.qdc"
    path.write_text(
        '<CodeBook xmlns="urn:QDA-XML:codebook:1.0"><Codes><Code guid="x" name="a"/></Codes><Sets/></CodeBook>'
    )
    assert [code.label for code in read_codebook(path).codes] == ["a"]
