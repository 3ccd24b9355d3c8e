"""What readers see of tables and excerpts on a terminal and in a pipe."""

import io
from typing import Any

import pytest
from rich.cells import cell_len

from ipscoding import i18n
from ipscoding.analysis import Column, Table, frequencies
from ipscoding.domain import Code, Codebook, Document, Excerpt, Informant, Valence
from ipscoding.exchange.terminal import show, show_excerpts
from ipscoding.i18n import percent

BOOK = Codebook(
    "b",
    {},
    codes=(
        Code("org", {"en": "Organisation", "nb": "Organisering"}, codable=False),
        Code("org.colocation", {"en": "Co-location", "nb": "Samlokalisering og korte veier i hverdagen"}, "org"),
        Code("org.team", {"en": "Team", "nb": "Team"}, "org"),
    ),
)
DOCUMENTS = [Document(f"d{n}", f"P{n}", "", informant=f"P{n}", role="patient", words=1234) for n in range(30)]
PEOPLE = [Informant(f"{n}", f"P{n}", "patient") for n in range(30)]


def excerpt(document: int = 1, **fields: Any) -> Excerpt:
    row: dict[str, Any] = {
        "coding_id": "c1", "project": "p", "document_id": f"d{document}", "document": f"P{document}",
        "informant": f"P{document}", "role": "patient", "speaker": "P", "turn": 3, "code": "org.colocation",
        "code_label": "Samlokalisering", "code_path": "", "domain": "org", "valence": Valence.BARRIER, "strength": None,
        "coder": "kari", "coded_at": "", "origin": "manual", "codebook_version": 1, "start": 0, "end": 14,
        "text": "det var lett å", "context_before": "", "context_after": "", "memo": "", "status": "",
    }  # fmt: skip
    return Excerpt(**(row | fields))


@pytest.fixture(autouse=True)
def _no_terminal(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("COLUMNS", raising=False)
    monkeypatch.delenv("NO_COLOR", raising=False)


def drawn(table: Table, **options: Any) -> str:
    stream = io.StringIO()
    show(table, stream, **options)
    return stream.getvalue()


def example(**options: Any) -> Table:
    rows = [excerpt(n) for n in range(12)] + [excerpt(3, valence=Valence.FACILITATOR, start=20, end=34)]
    return frequencies(rows, DOCUMENTS, PEOPLE, BOOK, **options)


def test_a_count_stands_with_its_denominator_and_share() -> None:
    text = drawn(example(units=("informants",)), language="nb")
    assert text.splitlines()[2] == ("org.colocation  Co-location  12/30 (40 %)         12              1    -0,85")
    assert "12/30 (40%)" in drawn(example(units=("informants",)), language="en")


def test_in_a_pipe_nothing_is_cut_and_there_is_no_colour() -> None:
    text = drawn(example(by=("code", "role"), language="nb"), language="nb")
    assert "Samlokalisering og korte veier i hverdagen" in text
    assert "\x1b" not in text
    assert len([line for line in text.splitlines() if "org.team" in line]) == 1


@pytest.mark.parametrize("width", [40, 60, 80, 100, 200])
def test_a_table_fits_the_width_and_loses_no_figure(width: int) -> None:
    table = example(by=("code", "role"), language="nb")
    text = drawn(table, width=width, language="nb")
    assert max(cell_len(line) for line in text.splitlines()) <= width
    for figure in ("13/13 (100 %)", "12/30 (40 %)", "52/37\u00a0020 (0,1 %)", "-0,85"):
        assert figure in text
    assert "▼ Barrier" in text
    assert "▲ Facilitator" in text


def test_long_labels_are_cut_with_a_mark_and_ids_go_first() -> None:
    text = drawn(example(units=("segments", "informants"), balance=False, language="nb"), width=50, language="nb")
    assert "org.colocation" not in text
    assert any(line.startswith("Samlokalisering og k") and "…" in line for line in text.splitlines())


def test_colour_only_where_asked_or_on_a_terminal_and_never_without_a_sign() -> None:
    coloured = drawn(example(by=("code", "valence")), colour=True, width=100)
    assert "\x1b[31m▼ barrier" in coloured
    assert "\x1b[32m▲ facilitator" in coloured
    assert "\x1b" not in drawn(example(), width=100)


def test_undefined_is_a_dash_and_hidden_says_why() -> None:
    empty = drawn(frequencies([], [], [], BOOK, by=()), language="nb")
    assert "0/0 (–)" in empty
    hidden = drawn(frequencies([excerpt()], DOCUMENTS, PEOPLE, BOOK, min_cell=3), language="nb")
    assert " x " in hidden
    assert "1/30" not in hidden


def test_notes_stand_below_and_are_wrapped_on_a_terminal() -> None:
    assert "Codings by kari." in drawn(example()).splitlines()
    assert max(map(len, drawn(example(), width=60).splitlines())) <= 60


def test_escape_sequences_in_names_do_not_reach_the_terminal() -> None:
    table = Table([Column("document", "text", "Document")], [{"document": "P1\x1b[2J\u202e\nx"}], ["by \x1b]0;x"])
    text = drawn(table)
    assert "\x1b" not in text
    assert "\u202e" not in text
    assert text.splitlines()[2:] == ["P1 [2J  x", "", "by  ]0;x"]


def test_a_stream_without_our_signs_gets_question_marks_and_no_error() -> None:
    raw = io.BytesIO()
    stream = io.TextIOWrapper(raw, encoding="latin-1", newline="")
    show(example(), stream)
    stream.flush()
    assert b"? Barrier" in raw.getvalue()


@pytest.mark.parametrize(
    ("share", "norwegian", "english"),
    [
        (0.4, "40 %", "40%"), (0.034, "3,4 %", "3.4%"), (0.0, "0 %", "0%"), (1.0, "100 %", "100%"),
        (0.999, "99,9 %", "99.9%"), (0.0996, "10 %", "10%"),
        (0.0004, "<0,1 %", "<0.1%"), (0.9999, ">99,9 %", ">99.9%"), (2 / 3, "67 %", "67%"),
    ],
)  # fmt: skip
def test_per_cent_as_the_language_writes_it(share: float, norwegian: str, english: str) -> None:
    assert percent(share, "nb") == norwegian
    assert percent(share, "en") == english


def test_excerpts_are_shown_with_sign_place_and_memo() -> None:
    stream = io.StringIO()
    number = show_excerpts([excerpt(memo="sjekk"), excerpt(valence=Valence.NONE, text="to\nlinjer")], stream)
    assert number == 2
    assert stream.getvalue().splitlines() == [
        "▼ Samlokalisering · P1, turn 3 · kari",
        "    det var lett å",
        "    ✎ sjekk",
        "· Samlokalisering · P1, turn 3 · kari",
        "    to",
        "    linjer",
    ]


def test_excerpts_are_wrapped_to_the_width() -> None:
    stream = io.StringIO()
    show_excerpts([excerpt(text="ord " * 60, code_label="lang " * 30)], stream, width=50)
    assert max(map(cell_len, stream.getvalue().splitlines())) <= 50
    assert stream.getvalue().count("ord") == 60


def test_quotation_marks_and_how_far_something_is_are_those_of_the_language() -> None:
    for language, said, half in (("nb", "«ord»", "4 %"), ("nn", "«ord»", "4 %"), ("en", "“ord”", "4%")):
        i18n.choose(language)
        assert i18n.quoted("ord") == said
        assert percent(0.042, whole=True) == half


def test_what_is_undefined_is_one_dash_and_headings_alone_stand_once() -> None:
    table = example(units=("informants",))
    undefined = {**table.rows[0], "informants": None, "informants_of": None, "informants_share": None}
    assert "–/–" not in drawn(Table(table.columns, [undefined]))
    assert len(drawn(Table(table.columns, []), width=40).splitlines()) == 2
