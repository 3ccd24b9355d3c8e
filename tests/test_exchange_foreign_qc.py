"""Projects of qualitative-coding: every coded line is a coding, and its own table of codes by coder is ours."""

import csv
import shutil
import sqlite3
from collections import Counter
from pathlib import Path

import pytest

from ipscoding.errors import FileProblem
from ipscoding.exchange.foreign.formats import form_of, read_foreign
from ipscoding.exchange.foreign.land import land
from ipscoding.exchange.foreign.project import ForeignProject
from ipscoding.project import codings, create, documents

SAMPLE = Path(__file__).parent / "samples" / "peers" / "qc"


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    shutil.copytree(SAMPLE, tmp_path / "study")
    return tmp_path / "study"


def quotes(study: ForeignProject) -> list[tuple[str, str, str]]:
    texts = {document.key: document.text for document in study.documents}
    return sorted((c.coder, c.code, c.span.of(texts[c.document])) for c in study.codings)


def test_the_counts_are_those_of_its_own_statistics() -> None:
    assert form_of(SAMPLE) == form_of(SAMPLE / "settings.yaml") == "qc"
    study = read_foreign(SAMPLE)
    counted = Counter((coding.coder, coding.code) for coding in study.codings)
    with (SAMPLE / "qc-stats-by-coder.csv").open(encoding="utf-8", newline="") as file:
        rows = csv.reader(file)
        assert next(rows)[:2] == ["kari", "ola"]
        for row in rows:
            assert [counted["kari", row[0]], counted["ola", row[0]]] == [int(row[1]), int(row[2])], row
    assert counted.total() == 13


def test_codings_stand_on_whole_lines() -> None:
    said = quotes(read_foreign(SAMPLE))
    assert ("kari", "folge", "Hun ble med første dagen, og det") in said
    assert ("kari", "mestring", "Jobbsøker: Det var at jobbspesialisten ringte sjefen 😊.") in said
    assert ("ola", "samlokalisering", "Behandlaren kjem innom kvar dag.") in said


def test_codes_keep_their_tree_and_memos_their_author() -> None:
    study = read_foreign(SAMPLE)
    assert [(code.label, code.parent) for code in study.codes] == [
        ("leiing", None),
        ("rammer", None),
        ("okonomi", "rammer"),
        ("samarbeid", "rammer"),
        ("samlokalisering", "samarbeid"),
        ("ventetid", "rammer"),
        ("stotte", None),
        ("arbeidsgiver", "stotte"),
        ("folge", "stotte"),
        ("mestring", "stotte"),
        ("tom-kode", None),
    ]
    assert [(memo.coder, memo.text.splitlines()[0]) for memo in study.memos] == [("kari", "# Første tanker")]
    assert (study.left_out, study.doubts) == ([], [])


def test_in_a_project_it_is_the_same_and_stays_so(tmp_path: Path) -> None:
    study = read_foreign(SAMPLE)
    with create(tmp_path / "study.ipscoding", name="study", coder="kari") as project:
        land(project, study, "qc")
        said = []
        for document in documents.all(project):
            text = documents.transcript(project, document.id).text
            said += [(c.coder, c.code, c.span.of(text)) for c in codings.of_document(project, document.id)]
        assert sorted(quote for _coder, _code, quote in said) == sorted(quote for _coder, _code, quote in quotes(study))
        assert Counter(coder for coder, _code, _quote in said) == {"kari": 6, "ola": 7}
        assert land(project, study, "qc").new == 0


def test_projects_before_version_1_have_codes_in_files(folder: Path) -> None:
    (folder / "qualitative_coding.sqlite3").unlink()
    (folder / "settings.yaml").write_text(
        "qc_version: 0.2.3\ncorpus_dir: corpus\ncodes_dir: codes\nmemos_dir: memos\ncodebook: codebook.yaml\n"
    )
    (folder / "codes" / "nord").mkdir(parents=True)
    (folder / "codes" / "p01.txt.kari.codes").write_text("\n\narbeidsgiver, mestring\nfolge\n")
    (folder / "codes" / "nord" / "j01.txt.ola.codes").write_text("samlokalisering\n")
    assert quotes(read_foreign(folder)) == [
        ("kari", "arbeidsgiver", "Jobbsøker: Det var at jobbspesialisten ringte sjefen 😊."),
        ("kari", "folge", "Hun ble med første dagen, og det"),
        ("kari", "mestring", "Jobbsøker: Det var at jobbspesialisten ringte sjefen 😊."),
        ("ola", "samlokalisering", "Jobbspesialist: Vi sit i same korridor."),
    ]


def test_missing_and_changed_texts_are_told(folder: Path) -> None:
    (folder / "corpus" / "nord" / "j01.txt").unlink()
    with (folder / "corpus" / "p01.txt").open("a") as file:
        file.write("Mer.\n")
    study = read_foreign(folder)
    assert "nord/j01.txt" in study.left_out[0]
    assert "3 coded lines" in study.left_out[1]
    assert "p01.txt" in study.doubts[0]


@pytest.mark.parametrize(
    ("file", "written", "said"),
    [
        ("settings.yaml", "corpus_dir: ../..\n", "leads out of the project's folder"),
        ("settings.yaml", "corpus_dir: /etc\n", "leads out of the project's folder"),
        ("settings.yaml", "- a\n", "not the settings"),
        ("settings.yaml", "corpus_dir: [\n", "not a YAML file"),
        ("codebook.yaml", "a: [" * 3000, "not a YAML file"),
        ("codebook.yaml", "\n".join("- " * n + f"c{n}:" for n in range(1, 2)) + "\n" + "[" * 200 + "]" * 200, "YAML"),
        ("codebook.yaml", "- &a [x]\n- [*a, *a]\n", "aliases"),
        ("codebook.yaml", "x" * 600_000, "larger than"),
        ("qualitative_coding.sqlite3", "none", "no database"),
    ],
)
def test_what_is_damaged_is_refused_in_one_line(folder: Path, file: str, written: str, said: str) -> None:
    (folder / file).write_text(written)
    with pytest.raises(FileProblem, match=said) as problem:
        read_foreign(folder, "qc")
    assert "\n" not in str(problem.value)


def test_a_code_in_several_places_is_one_code(folder: Path) -> None:
    (folder / "codebook.yaml").write_text("- a:\n    - b\n- c:\n    - b\n")
    study = read_foreign(folder)
    assert [code.parent for code in study.codes if code.label == "b"] == ["a"]
    assert "several places" in study.doubts[0]


def test_paths_in_the_database_that_no_file_can_have(folder: Path) -> None:
    with sqlite3.connect(folder / "qualitative_coding.sqlite3") as db:
        for path in ("../../settings.yaml", "a\0b", "å" * 5000):
            db.execute("INSERT INTO document (file_path, file_hash) VALUES (?, '')", (path,))
    db.close()
    assert read_foreign(folder).left_out[0].startswith("3 texts whose files are not there")
