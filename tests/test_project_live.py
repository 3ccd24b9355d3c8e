"""Codings kept up to date from the journal are the codings that are in the tables."""

from pathlib import Path
from tempfile import TemporaryDirectory

from hypothesis import given, settings
from hypothesis import strategies as st

from ipscoding.domain import Span, Valence
from ipscoding.project import Project, codebooks, codings, documents, journal, memos, open_project
from ipscoding.project.live import LiveCodings
from tests.project_example import make

CODES = ("org.nær", "org.leiing")
ACTS = st.lists(
    st.tuples(
        st.sampled_from(["add", "add", "remove", "change", "memo", "undo", "redo", "other document"]),
        st.integers(0, 50),
        st.integers(1, 20),
    ),
    max_size=15,
)


def _act(project: Project, name: str, at: int, size: int) -> None:
    here = documents.find(project, "n01" if name == "other document" else "p01").id
    there = [coding for coding in codings.of_document(project, here) if coding.coder == project.coder]
    text = documents.text(project, here)
    span = Span(min(at, len(text) - 2), min(at + size, len(text)))
    if not span.of(text).strip():
        return
    if name in ("add", "other document"):
        codings.add(project, here, span, CODES[at % 2], Valence.BARRIER)
    elif name == "undo" and any(
        entry.name not in ("import", "codebook") and not entry.undone
        for entry in journal.history(project, coder=project.coder, kinds=["do"])[:1]
    ):
        journal.undo(project)
    elif name == "redo":
        journal.redo(project)
    elif there:
        coding = there[at % len(there)]
        if name == "remove":
            codings.remove(project, coding.id)
        elif name == "memo":
            memos.put(project, coding.id, "x" * (size % 3))
        elif not any(other.span == span for other in there):
            codings.change(project, coding.id, span=span)


@settings(max_examples=25, deadline=None)
@given(ACTS)
def test_after_any_acts_live_codings_are_those_of_the_tables(acts: list[tuple[str, int, int]]) -> None:
    with TemporaryDirectory() as folder, make(Path(folder)) as project:
        here = documents.find(project, "p01").id
        live = LiveCodings(project, here)
        assert live.read() == []
        with open_project(project.path, coder="Ola") as other:
            for number, (name, at, size) in enumerate(acts):
                _act(other if number % 3 == 2 else project, name, at, size)
                if any(document.id == here for document in documents.all(project)):
                    assert live.read() == codings.of_document(project, here)


def test_nothing_is_read_again_where_nothing_changed(tmp_path: Path) -> None:
    with make(tmp_path) as project:
        here = documents.find(project, "p01").id
        codings.add(project, here, Span(23, 37), "org.nær", Valence.NONE)
        live = LiveCodings(project, here)
        first = live.read()
        assert live.read() is first
        codings.add(project, here, Span(38, 57), "org.nær", Valence.NONE)
        second = live.read()
        assert second[0] is first[0]
        assert len(second) == 2


def test_a_changed_codebook_is_seen(tmp_path: Path) -> None:
    with make(tmp_path) as project:
        here = documents.find(project, "p01").id
        codings.add(project, here, Span(23, 37), "org.nær", Valence.NONE)
        live = LiveCodings(project, here)
        live.read()
        with journal.command(project, "code-change", code="org.nær") as act:
            code_id = project.value("SELECT id FROM codes WHERE code = 'org.nær'")
            act.update("code", code_id, {"code": "org.near"})
        assert [coding.code for coding in live.read()] == ["org.near"]
        assert codebooks.find(project, "org.near").id == "org.near"
