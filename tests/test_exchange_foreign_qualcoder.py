"""Projects of QualCoder: every form that its tables have had, places however they were counted."""

import sqlite3
from collections.abc import Iterator
from pathlib import Path

import pytest

from ipscoding.domain import Span
from ipscoding.errors import FileProblem
from ipscoding.exchange.foreign.formats import form_of, read_foreign
from ipscoding.exchange.foreign.land import land
from ipscoding.exchange.foreign.project import ForeignProject
from ipscoding.project import Project, codebooks, codings, create, documents, informants

TEXT = "I: Hva var vanskelig?\nA: Å ringe selv 😊, det var tungt.\nA: Men hun ble med.\n"

# The tables and columns that the reader needs, as its database versions have them.
COLUMNS = {
    "v1": {
        "project": "databaseversion, date, memo, about",
        "source": "id, name, fulltext, mediapath, memo, owner, date",
        "code_cat": "catid, name, owner, date, memo, supercatid",
        "code_name": "cid, name, memo, catid, owner, date, color",
        "code_text": "cid, fid, seltext, pos0, pos1, owner, date, memo",
        "annotation": "anid, fid, pos0, pos1, memo, owner, date",
        "attribute": "attrid, name, attr_type, value, id, date, owner",
        "cases": "caseid, name, memo, owner, date",
        "case_text": "id, caseid, fid, pos0, pos1, owner, date, memo",
        "journal": "jid, name, jentry, date, owner",
        "code_image": "imid, id, x1, y1, width, height, cid, memo, date, owner",
        "code_av": "avid, id, pos0, pos1, cid, memo, date, owner",
    }
}
COLUMNS["v6"] = COLUMNS["v1"] | {
    "project": "databaseversion, date, memo, about, bookmarkfile, bookmarkpos, codername",
    "source": "id, name, fulltext, mediapath, memo, owner, date, av_text_id",
    "code_text": "ctid, cid, fid, seltext, pos0, pos1, owner, date, memo, avid, important",
    "stored_sql": "title, description, grouper, ssql",
}
COLUMNS["v16"] = COLUMNS["v6"] | {
    "project": "databaseversion, date, memo, about, bookmarkfile, bookmarkpos, codername, recently_used_codes",
    "source": "id, name, fulltext, mediapath, memo, owner, date, av_text_id, risid",
    "code_name": "cid, name, memo, catid, owner, date, color, supercid",
    "coder_names": "name, visibility",
}


class Made:
    """A `.qda` folder whose database is filled by the names of columns."""

    def __init__(self, folder: Path, version: str) -> None:
        folder.mkdir()
        self.folder = folder
        self.columns = COLUMNS[version]
        self.db = sqlite3.connect(folder / "data.qda")
        for table, columns in self.columns.items():
            self.db.execute(f"CREATE TABLE {table} ({columns})")
        self.add(
            "project", databaseversion=version, date="2025-03-01 10:00:00", memo="Pilotstudie", about="QualCoder 3.5"
        )

    def add(self, table: str, **values: object) -> None:
        known = {name: value for name, value in values.items() if name in self.columns[table].split(", ")}
        marks = ", ".join("?" * len(known))
        self.db.execute(f"INSERT INTO {table} ({', '.join(known)}) VALUES ({marks})", tuple(known.values()))

    def code(
        self, quote: str, cid: int, owner: str, text: str = TEXT, fid: int = 1, moved: int = 0, **more: object
    ) -> None:
        start = text.index(quote) + moved
        self.add(
            "code_text", cid=cid, fid=fid, seltext=quote, pos0=start, pos1=start + len(quote), owner=owner,
            date="2025-03-02 12:00:00", **more,
        )  # fmt: skip

    def done(self) -> Path:
        self.db.commit()
        self.db.close()
        return self.folder


def fill(made: Made) -> Path:
    made.add("source", id=1, name="p01.txt", fulltext=TEXT, memo="Transkribert", owner="Kari")
    made.add("source", id=2, name="bilde.png", fulltext=None, mediapath="/images/bilde.png")
    made.add("code_cat", catid=1, name="Støtte", memo="Alt som hjelper", supercatid=None)
    made.add("code_cat", catid=2, name="Fra jobbspesialist", memo="", supercatid=1)
    made.add("code_name", cid=1, name="Å bli fulgt", memo="Noen er med", catid=2, color="#F5A9A9")
    made.add("code_name", cid=2, name="Tungt", memo="", catid=None, color="#00FF00")
    made.add("code_name", cid=3, name="Å ringe", memo="", catid=None, supercid=2)
    made.code("hun ble med", 1, "Kari", memo="Tydelig", important=1)
    made.code("Å ringe selv 😊, det var tungt", 2, "Slettet Bruker")
    made.code("Å ringe selv 😊, det var tungt", 3, "Kari")
    made.add("code_text", cid=9, fid=1, seltext="x", pos0=0, pos1=1, owner="Kari")
    made.add("annotation", anid=1, fid=1, pos0=0, pos1=5, memo="Merk tonen", owner="Kari", date="2025-03-02 12:00:00")
    made.add("cases", caseid=1, name="Informant A", memo="Ung", owner="Kari")
    made.add("case_text", id=1, caseid=1, fid=1, pos0=0, pos1=len(TEXT))
    made.add("attribute", attrid=1, name="Alder", attr_type="case", value="24", id=1)
    made.add("attribute", attrid=2, name="Sted", attr_type="file", value="Bodø", id=1)
    made.add("journal", jid=1, name="Dag 1", jentry="Første gjennomlesing", owner="Kari", date="2025-03-02 12:00:00")
    made.add("code_image", imid=1, id=2, cid=1)
    return made.done()


@pytest.fixture(params=list(COLUMNS))
def study(tmp_path: Path, request: pytest.FixtureRequest) -> ForeignProject:
    folder = fill(Made(tmp_path / "studie.qda", request.param))
    assert form_of(folder) == form_of(folder / "data.qda") == "qualcoder"
    return read_foreign(folder)


@pytest.fixture
def project(tmp_path: Path) -> Iterator[Project]:
    project = create(tmp_path / "study.ipscoding", name="study", coder="Kari")
    yield project
    project.close()


def test_codings_stand_on_their_words_and_are_their_owners(study: ForeignProject) -> None:
    names = {code.key: code.label for code in study.codes}
    said = [(c.span.of(TEXT), names[c.code], c.coder, c.memo) for c in study.codings]
    assert said == [
        ("hun ble med", "Å bli fulgt", "Kari", "Tydelig"),
        ("Å ringe selv 😊, det var tungt", "Tungt", "Slettet Bruker", ""),
        ("Å ringe selv 😊, det var tungt", "Å ringe", "Kari", ""),
    ]
    assert all(coding.created_at.startswith("2025-03-0") for coding in study.codings)
    assert set(study.coders.values()) == {"Kari", "Slettet Bruker"}
    assert study.doubts == []


def test_categories_hold_codes(study: ForeignProject) -> None:
    by_key = {code.key: code for code in study.codes}
    followed = next(code for code in study.codes if code.label == "Å bli fulgt")
    category = by_key[followed.parent or ""]
    assert (category.label, category.codable, by_key[category.parent or ""].label) == (
        "Fra jobbspesialist",
        False,
        "Støtte",
    )
    assert (followed.description, followed.colour) == ("Noen er med", "#F5A9A9")


def test_a_code_may_lie_under_a_code(tmp_path: Path) -> None:
    study = read_foreign(fill(Made(tmp_path / "a.qda", "v16")))
    by_key = {code.key: code for code in study.codes}
    assert next(by_key[c.parent or ""].label for c in study.codes if c.label == "Å ringe") == "Tungt"


def test_notes_and_what_could_not_come_are_told(study: ForeignProject) -> None:
    assert {(memo.on, memo.text) for memo in study.memos} == {
        ("project", "Pilotstudie"),
        ("document", "Merk tonen"),
        ("project", "Dag 1\nFørste gjennomlesing"),
    }
    left = " ".join(study.left_out)
    assert "bilde.png" in left
    assert "1 coding of a picture" in left
    assert "1 coding whose code, source or place" in left


def test_in_the_project_the_case_is_the_informant(study: ForeignProject, project: Project) -> None:
    done = land(project, study, "studie.qda")
    assert (done.of("coding").new, done.of("coding").skipped) == (3, 0)
    document = documents.all(project)[0]
    text = documents.transcript(project, document.id).text
    assert sorted(c.span.of(text) for c in codings.of_document(project, document.id))[0] == "hun ble med"
    informant = informants.all(project)[0]
    assert (informant.name, informant.attributes["Alder"]) == ("Informant A", "24")
    assert codebooks.find(project, "støtte").codable is False
    assert land(project, study, "studie.qda").new == 0


@pytest.mark.parametrize("mark", ["", "\ufeff"])
@pytest.mark.parametrize("counted", ["as stored", "one a line end"])
def test_old_texts_with_two_characters_a_line_end(tmp_path: Path, mark: str, counted: str) -> None:
    stored = mark + TEXT.replace("\n", "\r\n")
    made = Made(tmp_path / "old.qda", "v1")
    made.add("source", id=1, name="p01.txt", fulltext=stored)
    made.add("code_name", cid=1, name="Kode")
    quotes = ("hun ble med", "Å ringe selv 😊", "vanskelig")
    for quote in quotes:
        made.code(quote, 1, "Kari", text=stored if counted == "as stored" else TEXT)
    study = read_foreign(made.done())
    assert study.documents[0].text == TEXT
    assert [coding.span.of(TEXT) for coding in study.codings] == list(quotes)
    assert study.doubts == []


def test_a_coding_beside_its_words_is_put_on_them_and_told(tmp_path: Path) -> None:
    made = Made(tmp_path / "beside.qda", "v16")
    made.add("source", id=1, name="p01.txt", fulltext=TEXT)
    made.add("code_name", cid=1, name="Kode")
    made.code("hun ble med", 1, "Kari", moved=-7)
    study = read_foreign(made.done())
    start = TEXT.index("hun ble med")
    assert study.codings[0].span == Span(start, start + len("hun ble med"))
    assert "look at it" in study.doubts[0]


def test_categories_that_lie_within_themselves(tmp_path: Path) -> None:
    made = Made(tmp_path / "ring.qda", "v16")
    made.add("code_cat", catid=1, name="A", supercatid=2)
    made.add("code_cat", catid=2, name="B", supercatid=1)
    made.add("code_name", cid=1, name="C", catid=2)
    study = read_foreign(made.done())
    assert [(code.label, code.parent is None) for code in study.codes] == [("A", True), ("B", False), ("C", False)]
    assert "lies within itself" in study.doubts[0]


def test_what_is_no_project_is_refused_in_one_line(tmp_path: Path) -> None:
    folder = fill(Made(tmp_path / "a.qda", "v16"))
    data = (folder / "data.qda").read_bytes()
    for damaged in (b"", data[:5000], data[:2000] + bytes(3000) + data[5000:], b"x" * 9000):
        (folder / "data.qda").write_bytes(damaged)
        with pytest.raises(FileProblem) as problem:
            read_foreign(folder, "qualcoder")
        assert "\n" not in str(problem.value)


def test_cells_of_other_kinds_do_no_harm(tmp_path: Path) -> None:
    made = Made(tmp_path / "odd.qda", "v16")
    made.add("source", id=1, name=None, fulltext=TEXT, memo=b"\xff\xfe")
    made.add("source", id="x", name="y", fulltext=5)
    made.add("code_name", cid=1, name=7, catid="ingen")
    made.add("code_text", cid=1, fid=1, pos0="3", pos1=8.0, seltext=None, owner=None, date="i går")
    made.add("code_text", cid=1, fid=1, pos0=10**12, pos1=10**13, owner=1.5)
    made.add("code_text", cid=1, fid=1, pos0=-4, pos1=2)
    study = read_foreign(made.done())
    assert study.codings[0].span == Span(3, 8)
    assert study.codings[0].created_at == ""
