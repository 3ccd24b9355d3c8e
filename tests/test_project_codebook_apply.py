"""A changed codebook in a project: codings follow what was done to their codes, as one act and one undo."""

from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from shutil import copy

import pytest

from ipscoding.codebook.merge import merge
from ipscoding.domain import Code, Codebook, Span, Valence
from ipscoding.errors import NotFound
from ipscoding.project import (
    Project,
    codebook_apply,
    codebook_changes,
    codebooks,
    codes,
    codings,
    documents,
    journal,
    memos,
    open_project,
    recoding,
)
from tests.codebook_example import added, edited
from tests.project_example import make, span_of

QUOTE = "Døra hans står åpen."


@pytest.fixture
def project(tmp_path: Path) -> Iterator[Project]:
    with make(tmp_path) as made:
        yield made


def state(project: Project) -> journal.State:
    told = journal.state(project)
    assert told == journal.replay(project)
    return told


def code_it(project: Project, code: str, quote: str = QUOTE, valence: Valence = Valence.BARRIER, memo: str = "") -> str:
    document = documents.find(project, "p01")
    return codings.add(project, document.id, span_of(project, document.id, quote), code, valence, memo=memo).id


def coded(project: Project) -> list[tuple[str, str, str]]:
    found = codings.of_document(project, documents.find(project, "p01").id)
    return sorted((coding.code, str(coding.valence), coding.memo) for coding in found)


def test_codings_of_merged_codes_unite_and_one_undo_takes_it_back(project: Project) -> None:
    code_it(project, "org.nær", memo="en")
    code_it(project, "org.leiing", valence=Valence.FACILITATOR, memo="to")
    code_it(project, "org.leiing", "Men sjefen er borte.")
    before = state(project)
    book = edited(codebooks.load(project), "org.leiing", retired=True, merged_into="org.nær")
    told = codebook_apply.apply(project, book, dry_run=True)
    assert state(project) == before
    done = codebook_apply.apply(project, book)
    assert (told.merged, told.changes) == (done.merged, done.changes)
    (moved,) = done.merged
    assert (moved.code, moved.into, moved.effect.codings, moved.effect.becoming_one) == (
        "org.leiing", ("org.nær",), 2, 1,
    )  # fmt: skip
    assert coded(project) == [("org.nær", "barrier", ""), ("org.nær", "both", "en\nto")]
    assert [change.kind for change in done.changes] == ["merged"]
    assert journal.undo(project) is not None
    assert state(project) == before


def test_a_chain_of_merges_ends_at_the_code_in_use(project: Project) -> None:
    code_it(project, "org.leiing")
    book = added(codebooks.load(project), Code("org.ny", {"nb": "Ny"}, parent="org"))
    book = edited(book, "org.leiing", retired=True, merged_into="org.nær")
    book = edited(book, "org.nær", retired=True, merged_into="org.ny")
    codebook_apply.apply(project, book)
    assert [code for code, *_rest in coded(project)] == ["org.ny"]
    after = codebooks.load(project).by_id
    assert (after["org.leiing"].merged_into, after["org.nær"].merged_into) == ("org.nær", "org.ny")


def test_a_code_merged_into_one_out_of_use_keeps_its_codings(project: Project) -> None:
    code_it(project, "org.leiing")
    book = edited(codebooks.load(project), "org.leiing", retired=True, merged_into="org.nær")
    done = codebook_apply.apply(project, edited(book, "org.nær", retired=True))
    assert [(moved.code, moved.effect.codings) for moved in done.stuck] == [("org.leiing", 1)]
    assert [code for code, *_rest in coded(project)] == ["org.leiing"]


def test_codings_of_a_split_code_wait_in_the_queue(project: Project) -> None:
    coding = code_it(project, "org.nær")
    book = edited(codebooks.load(project), "org.nær", retired=True)
    for name in ("org.bygg", "org.gang"):
        book = added(book, Code(name, {"nb": name}, parent="org", extra={"split_from": "org.nær"}))
    done = codebook_apply.apply(project, book)
    assert [(moved.code, moved.into, moved.effect.codings) for moved in done.split] == [
        ("org.nær", ("org.bygg", "org.gang"), 1)
    ]
    assert [(one.coding.id, one.choices) for one in recoding.queue(project)] == [(coding, ("org.bygg", "org.gang"))]


def test_codings_of_a_retired_or_redefined_code_stay_and_are_told(project: Project) -> None:
    code_it(project, "org.nær")
    code_it(project, "org.leiing")
    book = edited(codebooks.load(project), "org.nær", retired=True)
    done = codebook_apply.apply(project, edited(book, "org.leiing", definition={"nb": "Ny."}))
    assert [moved.code for moved in done.retired] == ["org.nær"]
    assert [moved.code for moved in done.redefined] == ["org.leiing"]
    assert [code for code, *_rest in coded(project)] == ["org.leiing", "org.nær"]
    assert [one.why for one in recoding.queue(project)] == ["meaning"]


def test_the_codebook_as_it_was(project: Project, tmp_path: Path) -> None:
    first = codebooks.load(project)
    codes.change(project, "org.nær", label={"nb": "Samlokalisering"})
    assert codebook_changes.as_of(project, "2999-01-01") == codebooks.load(project)
    assert codebook_changes.taken_in(project) == first
    stamps = [time for (time,) in project.tuples("SELECT time FROM commands ORDER BY seq")]
    local = codebook_changes.moment("2026-03-01T12:00:00+00:00")
    assert local == "2026-03-01T12:00:00.000000Z/9999"
    between = stamps[-1][:26] + "+00:00"
    assert codebook_changes.as_of(project, between).by_id["org.nær"].label["nb"] == "Samlokalisering"
    with pytest.raises(NotFound, match="no codebook yet"):
        codebook_changes.as_of(project, "1999-12-31")
    with pytest.raises(NotFound, match="is not a date"):
        codebook_changes.as_of(project, "i går")


def test_two_copies_know_where_they_parted(project: Project, tmp_path: Path) -> None:
    base = codebooks.load(project)
    coding = code_it(project, "org.nær")
    project.db.conn.execute("PRAGMA wal_checkpoint(TRUNCATE)")
    with open_project(Path(copy(project.path, tmp_path / "kopi.ipscoding")), coder="Ola") as other:
        codes.change(project, "org.nær", label={"nb": "Samlokalisering"})
        codes.merge(other, "org.leiing", "org.nær")
        code_it(other, "gen.forslag", valence=Valence.NONE)
        assert codebook_changes.common(project, other) == codebook_changes.common(other, project) == base
        used = codebook_changes.used(project, other)
        assert (used.ours, used.theirs) == ({}, {"gen.forslag": 1})
        merged = merge(base, codebooks.load(project), codebooks.load(other), used=used)
        assert merged.conflicts == ()
        assert merged.codebook.by_id["org.nær"].label["nb"] == "Samlokalisering"
        assert merged.codebook.by_id["org.leiing"].merged_into == "org.nær"
        codebook_apply.apply(project, merged.codebook)
        assert codebooks.load(project) == replace(merged.codebook, codes=codebooks.load(project).codes)
        texts = codebook_changes.coded(other)
    assert set(texts) == {"org.nær", "gen.forslag"}
    (spans,) = texts["org.nær"].values()
    assert spans == [codings.get(project, coding).span]
    assert isinstance(spans[0], Span)


def test_a_project_started_apart_has_nothing_in_common(project: Project, tmp_path: Path) -> None:
    (tmp_path / "b").mkdir()
    with make(tmp_path / "b") as other:
        assert codebook_changes.common(project, other) is None


def test_what_was_written_on_a_coding_is_not_lost(project: Project) -> None:
    coding = code_it(project, "org.leiing", memo="viktig")
    book: Codebook = edited(codebooks.load(project), "org.leiing", retired=True, merged_into="org.nær")
    codebook_apply.apply(project, book)
    assert [memo.text for memo in memos.of(project, coding)] == ["viktig"]
