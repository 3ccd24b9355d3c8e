"""Texts annotated with brat."""

from pathlib import Path

import pytest

from ipscoding.domain import Valence
from ipscoding.errors import FileProblem
from ipscoding.exchange.foreign.formats import form_of, read_foreign
from ipscoding.exchange.foreign.land import land
from ipscoding.project import create

TEXT = "A: Å ringe 😊 selv var tungt.\nA: Men hun ble med, og det hjalp.\n"


def ann(text: str = TEXT) -> str:
    def at(quote: str) -> str:
        return f"{text.index(quote)} {text.index(quote) + len(quote)}"

    return "\n".join(
        (
            f"T1\tTungt {at('ringe 😊 selv')}\tringe 😊 selv",
            f"T2\tFulgt {at('hun ble med')};{at('det hjalp')}\thun ble med det hjalp",
            f"T3\tFulgt {at('ble med')}\tble med",
            "A1\tValens T1 hemmer",
            "A2\tSikker T3",
            "#1\tAnnotatorNotes T3\tså fint sagt",
            "R1\tFører_til Arg1:T1 Arg2:T2",
            "E1\tFulgt:T3",
            "*\tEquiv T1 T2",
            "tull",
            "",
        )
    )


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    folder = tmp_path / "brat"
    folder.mkdir()
    (folder / "p01.txt").write_text(TEXT, encoding="utf-8")
    (folder / "p01.ann").write_text(ann(), encoding="utf-8")
    (folder / "annotation.conf").write_text(
        "[entities]\n# alt\n!Støtte\n\tFulgt\nTungt\nUbrukt\n[relations]\n<OVERLAP>\tx\n"
    )
    (folder / "visual.conf").write_text("[labels]\nFulgt | Å bli fulgt | F\n")
    return folder


def test_entities_are_codings_with_notes_and_direction(folder: Path) -> None:
    assert form_of(folder) == form_of(folder / "p01.ann") == "brat"
    study = read_foreign(folder)
    said = [(c.code, c.span.of(TEXT), c.valence, c.memo) for c in study.codings]
    assert said == [
        ("Tungt", "ringe 😊 selv", Valence.BARRIER, ""),
        ("Fulgt", "hun ble med, og det hjalp", Valence.NONE, ""),
        ("Fulgt", "ble med", Valence.NONE, "Sikker\nså fint sagt"),
    ]
    assert "1 annotation of several stretches" in study.doubts[0]
    assert study.left_out == ["3 relations or events", "1 line that brat would not write"]


def test_types_are_codes_in_their_tree(folder: Path) -> None:
    study = read_foreign(folder)
    assert [(code.label, code.parent, code.codable) for code in study.codes] == [
        ("Støtte", None, False),
        ("Å bli fulgt", "Støtte", True),
        ("Tungt", None, True),
        ("Ubrukt", None, True),
    ]


def test_a_file_with_line_ends_of_windows(folder: Path) -> None:
    windows = TEXT.replace("\n", "\r\n")
    (folder / "p01.txt").write_bytes(windows.encode())
    (folder / "p01.ann").write_text(ann(windows), encoding="utf-8")
    study = read_foreign(folder / "p01.ann")
    assert [c.span.of(TEXT) for c in study.codings] == ["ringe 😊 selv", "hun ble med, og det hjalp", "ble med"]
    assert study.documents[0].text == TEXT


def test_the_same_text_in_two_folders_is_one_interview_with_two_coders(folder: Path, tmp_path: Path) -> None:
    for coder in ("kari", "ola"):
        (tmp_path / "both" / coder).mkdir(parents=True)
        for file in folder.iterdir():
            (tmp_path / "both" / coder / file.name).write_bytes(file.read_bytes())
    study = read_foreign(tmp_path / "both")
    assert len(study.documents) == 1
    assert study.coders == {"kari": "kari", "ola": "ola"}
    with create(tmp_path / "study.ipscoding", name="study", coder="kari") as project:
        done = land(project, study, "both")
        assert (done.of("document").new, done.of("coding").new, done.of("coding").skipped) == (1, 6, 0)
        assert done.doubts == study.doubts


def test_who_annotated_can_be_said(folder: Path) -> None:
    assert read_foreign(folder, options={"by": "Kari"}).coders == {"Kari": "Kari"}


def test_what_cannot_be_read_is_refused_in_one_line(folder: Path) -> None:
    (folder / "p01.ann").write_bytes(b"T1\tA 0 1\t\xff")
    with pytest.raises(FileProblem, match="not UTF-8"):
        read_foreign(folder)
    (folder / "p01.txt").unlink()
    with pytest.raises(FileProblem, match=r"there is no p01\.txt"):
        read_foreign(folder, "brat")


def test_odd_lines_do_no_harm(folder: Path) -> None:
    (folder / "p01.ann").write_text(
        "T1\tA 9 2\tx\nT2\tA 5 900000\ty\nT3\tA\nA1\tValens T9 hemmer\n#1\tX T2\tz\nT4\tA 1 1\t\n"
    )
    study = read_foreign(folder)
    assert [(c.span.start, c.memo) for c in study.codings] == [(5, "z"), (1, "")]
