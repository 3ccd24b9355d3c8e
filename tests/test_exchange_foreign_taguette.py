"""A project of Taguette comes over whole: its own exports count and quote the same."""

import csv
import json
import sqlite3
from collections import Counter
from collections.abc import Iterator
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ipscoding.errors import FileProblem, NotFound
from ipscoding.exchange.foreign.formats import form_of, read_foreign
from ipscoding.exchange.foreign.html_text import html_text
from ipscoding.exchange.foreign.land import land
from ipscoding.exchange.foreign.project import ForeignProject
from ipscoding.project import Project, codings, create, documents

PEERS = Path(__file__).parent / "samples" / "peers"
SAMPLE = PEERS / "taguette.sqlite3"


@pytest.fixture(scope="module")
def study() -> ForeignProject:
    return read_foreign(SAMPLE, options={"name": "IPS i nord"})


@pytest.fixture
def moved(tmp_path: Path, study: ForeignProject) -> Iterator[Project]:
    project = create(tmp_path / "study.ipscoding", name="study", coder="anne")
    land(project, study, SAMPLE.name)
    yield project
    project.close()


def letters(text: str) -> str:
    """The text without any blanks: Taguette puts one wherever bold begins or ends."""
    return "".join(text.split())


def rows(name: str) -> list[dict[str, str]]:
    with (PEERS / name).open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def paths(study: ForeignProject) -> dict[str, str]:
    by_key = {code.key: code for code in study.codes}
    found: dict[str, str] = {}
    for code in study.codes:
        found[code.key] = f"{found[code.parent]}.{code.label}" if code.parent else code.label
        assert code.parent is None or code.parent in by_key
    return found


def test_it_is_recognised() -> None:
    assert form_of(SAMPLE) == "taguette"


def test_one_of_several_projects_is_chosen_by_name() -> None:
    with pytest.raises(FileProblem, match="holds 2 projects: “IPS i nord”, “Et annet”"):
        read_foreign(SAMPLE)
    with pytest.raises(NotFound, match="IPS i nord"):
        read_foreign(SAMPLE, options={"name": "IPS i nort"})
    assert [document.name for document in read_foreign(SAMPLE, options={"name": "Et annet"}).documents] == ["Løst"]


def test_each_tag_has_as_many_codings_as_its_own_codebook_counts(study: ForeignProject) -> None:
    path = paths(study)
    counted = Counter(path[coding.code] for coding in study.codings)
    documents_of = {key: {c.document for c in study.codings if path[c.code] == key} for key in path.values()}
    for row in rows("taguette-codebook.csv"):
        assert counted[row["tag"]] == int(row["number of highlights"])
        assert len(documents_of[row["tag"]]) == int(row["number of documents"])
        code = next(code for code in study.codes if path[code.key] == row["tag"])
        assert code.description == row["description"]
        assert code.codable
    assert counted.total() == sum(int(row["number of highlights"]) for row in rows("taguette-codebook.csv"))


def test_each_coding_is_by_whom_did_it(study: ForeignProject) -> None:
    path = paths(study)
    counted: dict[str, Counter[str]] = {}
    for coding in study.codings:
        counted.setdefault(coding.coder, Counter())[path[coding.code]] += 1
    assert counted == json.loads((PEERS / "taguette-by-coder.json").read_text(encoding="utf-8"))


def test_whoever_is_called_admin_has_a_name(tmp_path: Path) -> None:
    path = tmp_path / "own.sqlite3"
    path.write_bytes(SAMPLE.read_bytes())
    with sqlite3.connect(path) as db:
        db.execute("UPDATE commands SET user_login = 'admin' WHERE user_login = 'anne'")
    db.close()
    study = read_foreign(path, options={"name": "IPS i nord", "by": "Anne Å."})
    assert set(study.coders.values()) == {"Anne Å.", "bjorn"}


def test_each_quote_is_what_it_exports_itself(study: ForeignProject) -> None:
    path = paths(study)
    texts = {document.key: document for document in study.documents}
    here = Counter(
        (texts[c.document].name, path[c.code], letters(c.span.of(texts[c.document].text))) for c in study.codings
    )
    there = Counter((row["document"], row["tag"], letters(row["content"])) for row in rows("taguette-highlights.csv"))
    assert here == there


def test_the_text_is_what_people_read(study: ForeignProject) -> None:
    text = next(document.text for document in study.documents if document.name == "Jobbsøker 1")
    assert "Ikke med" not in text
    assert text.splitlines()[0] == "Intervju – jobbsøker 1"
    assert "«helt nydelig» når jobbspesialisten ble med på møtet & sa at jeg var klar 😊. Før det var jeg redd" in text
    assert "Uke 1\tKartlegging\nUke 2\tBedriftsbesøk\n" in text
    assert "behandleren, da.\nHan sa ærlig at jobb var 💪 bra" in text


def test_in_the_project_quotes_stand_where_they_stood_and_figures_are_the_same(moved: Project) -> None:
    there = Counter((row["document"], letters(row["content"])) for row in rows("taguette-highlights.csv"))
    here: Counter[tuple[str, str]] = Counter()
    for document in documents.all(moved):
        text = documents.transcript(moved, document.id).text
        here.update((document.name, letters(c.span.of(text))) for c in codings.of_document(moved, document.id))
    assert here == there


def test_a_second_time_changes_nothing(moved: Project, study: ForeignProject) -> None:
    again = land(moved, study, SAMPLE.name)
    assert (again.new, again.doubts) == (0, [])


def test_a_highlight_without_a_tag_is_kept_as_a_memo_at_its_place(study: ForeignProject) -> None:
    memo = next(memo for memo in study.memos if memo.span)
    assert memo.span is not None
    assert memo.span.of(study.documents[0].text) == "Rema"
    assert (memo.coder, len(study.notes)) == ("anne", 1)


def test_what_is_damaged_is_refused_in_one_line(tmp_path: Path) -> None:
    sound = SAMPLE.read_bytes()
    for name, data in {
        "cut": sound[:9000],
        "overwritten": sound[:3000] + b"\xff" * 4000 + sound[7000:],
        "text": b"no database at all",
        "empty": b"",
        "head": sound[:16],
    }.items():
        path = tmp_path / f"{name}.sqlite3"
        path.write_bytes(data)
        with pytest.raises(FileProblem) as problem:
            read_foreign(path, "taguette", {"name": "IPS i nord"})
        assert "\n" not in str(problem.value)


def test_a_database_of_another_form_says_what_is_missing(tmp_path: Path) -> None:
    path = tmp_path / "other.sqlite3"
    with sqlite3.connect(path) as db:
        db.execute("CREATE TABLE projects (id INTEGER, name TEXT)")
    db.close()
    with pytest.raises(FileProblem, match="no table “documents”"):
        read_foreign(path, "taguette")


def test_views_that_never_end_are_not_run(tmp_path: Path) -> None:
    path = tmp_path / "view.sqlite3"
    with sqlite3.connect(path) as db:
        for table in ("documents", "highlights", "tags", "highlight_tags"):
            db.execute(f"CREATE TABLE {table} (id)")
        db.execute(
            "CREATE VIEW projects AS WITH RECURSIVE n(id) AS (SELECT 1 UNION ALL SELECT id + 1 FROM n) "
            "SELECT id, 'x' AS name FROM n"
        )
    db.close()
    with pytest.raises(FileProblem, match="no table “projects”"):
        read_foreign(path, "taguette")


def test_a_text_of_unreasonable_size_is_refused(tmp_path: Path) -> None:
    path = tmp_path / "huge.sqlite3"
    path.write_bytes(SAMPLE.read_bytes())
    with sqlite3.connect(path) as db:
        db.execute("UPDATE documents SET contents = hex(zeroblob(6000000)) WHERE id = 1")
    db.close()
    with pytest.raises(FileProblem, match="more than 10 MB"):
        read_foreign(path, "taguette", {"name": "IPS i nord"})


def test_a_database_that_is_open_elsewhere_is_not_read_half(tmp_path: Path) -> None:
    path = tmp_path / "open.sqlite3"
    path.write_bytes(SAMPLE.read_bytes())
    path.with_name("open.sqlite3-journal").write_bytes(b"x")
    with pytest.raises(FileProblem, match="close it, and try again"):
        read_foreign(path, "taguette", {"name": "IPS i nord"})


def test_a_tag_without_an_end_is_refused_and_not_searched_for_hours() -> None:
    with pytest.raises(ValueError, match="without an end"):
        html_text("<a " * 1_000_000)


@given(st.lists(st.sampled_from(["<p>", "</p>", "<br>", "<b>", "</b>", " ", "\n", "å", "😊", "&amp;", "ord", "<td>"])))
def test_every_letter_of_the_html_is_in_the_text_at_its_place(pieces: list[str]) -> None:
    read = html_text("".join(pieces))
    assert letters(read.text) == letters(read.bare)
    for letter, place in zip(read.text, read.places, strict=True):
        assert letter.isspace() or read.bare[place] == letter
    assert list(read.places) == sorted(read.places)


def test_a_line_break_right_behind_pre_is_none() -> None:
    assert html_text("<pre>\n\nå</pre>\n<p>\nb</p>").bare == "\nå\n\nb"
