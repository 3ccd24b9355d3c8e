"""The report: its structure, the same bytes, the figures of the analysis, nothing hidden told, checklists filled."""

import io
import re
from collections.abc import Sequence
from html.parser import HTMLParser
from itertools import product
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

import ipscoding
from ipscoding.analysis.agreement import agreement_of
from ipscoding.analysis.hiding import is_few
from ipscoding.analysis.of_project import frequencies_of
from ipscoding.analysis.saturation import saturation_of
from ipscoding.analysis.table import Row
from ipscoding.domain import Code, Codebook, Valence
from ipscoding.errors import FileProblem, NotAllowed, NotFound
from ipscoding.exchange.prose import Block, Drawing, Grid, Heading, Items, Page, Paragraph, Quotation, write_page
from ipscoding.exchange.report import Wanted, report_page, write_report
from ipscoding.exchange.report.checklists import COREQ, SRQR
from ipscoding.exchange.report.figures import SIDES, Figures, figures_from
from ipscoding.exchange.terminal import as_texts
from ipscoding.project import Project, codebooks, codings, create, documents, excerpts, open_project, quoting
from ipscoding.project.codings import NewCoding
from tests.cli_example import say
from tests.project_example import reading, span_of

VOID = {"meta", "br", "path", "use", "rect", "line", "circle", "image"}
QUICK = ("study", "informants", "method", "frequencies", "triangulation", "agreement", "coreq", "srqr")


class Reader(HTMLParser):
    """What a page is made of."""

    def __init__(self, text: str) -> None:
        super().__init__(convert_charrefs=True)
        self.open: list[str] = []
        self.headings: list[int] = []
        self.ids: list[str] = []
        self.links: list[str] = []
        self.tables: list[dict[str, int]] = []
        self.pictures: list[str] = []
        self.tags: list[str] = []
        self.addresses: list[str] = []
        self.unscoped = 0
        self.feed(text)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        given = dict(attrs)
        self.tags.append(tag)
        if tag not in VOID:
            self.open.append(tag)
        if re.fullmatch(r"h[1-6]", tag):
            self.headings.append(int(tag[1]))
        self.ids += [given["id"] or ""] if "id" in given else []
        self.links += [given["href"] or ""] if tag in ("a", "use") and "href" in given else []
        self.addresses += [value for value in given.values() if value and re.search(r"https?:|//", value)]
        if tag == "table":
            self.tables.append({"caption": 0, "th": 0})
        if tag in ("caption", "th"):
            self.tables[-1][tag] += 1
        if tag == "th" and "scope" not in given:
            self.unscoped += 1
        if tag == "svg":
            self.pictures.append(given.get("aria-label") or "")

    def handle_startendtag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.handle_starttag(tag, attrs)
        if tag not in VOID:
            self.handle_endtag(tag)

    def handle_endtag(self, tag: str) -> None:
        if tag in VOID:
            return
        assert self.open
        assert self.open.pop() == tag


@pytest.fixture(scope="module")
def page(built_demo: Path) -> Page:
    """The report of the example project."""
    with open_project(built_demo) as project:
        made = report_page(project)
        return Page(**{name: getattr(made, name) for name in Page.__slots__})


@pytest.fixture(scope="module")
def html(page: Page) -> str:
    """The report of the example project as HTML."""
    stream = io.BytesIO()
    write_page(page, stream, ".html")
    return stream.getvalue().decode("utf-8")


def blocks(project: Project, **wanted: object) -> list[Block]:
    return list(report_page(project, Wanted(**wanted)).blocks)  # type: ignore[arg-type]


def part(found: Sequence[Block], name: str) -> list[Block]:
    """The blocks of one part."""
    starts = [n for n, block in enumerate(found) if isinstance(block, Heading) and block.level == 1]
    start = next(n for n in starts if found[n].anchor == name)  # type: ignore[union-attr]
    return list(found[start + 1 : next((n for n in starts if n > start), len(found))])


def grids(found: Sequence[Block]) -> list[Grid]:
    return [block for block in found if isinstance(block, Grid)]


def words(found: Sequence[Block]) -> str:
    """Everything that is said in blocks, pictures included."""
    said: list[str] = []
    for block in found:
        match block:
            case Grid():
                said += [block.caption, *block.titles, *(cell for row in block.rows for cell in row)]
            case Drawing():
                said += [block.caption, block.alt, block.draw("svg").decode()]
            case Quotation():
                said += [*(line for _speaker, line in block.lines), block.source]
            case Heading() | Paragraph():
                said.append(block.text)
            case Items():
                said += block.texts
            case _:
                said += [f"{name} {text}" for name, text in block.pairs]
    return "\n".join(said)


# The page


def test_the_page_is_well_formed_and_sound_for_keyboard_and_screen_readers(html: str) -> None:
    read = Reader(html)
    assert read.open == []
    assert read.headings[0] == 1
    assert read.headings.count(1) == 1
    assert all(after <= before + 1 for before, after in zip(read.headings, read.headings[1:], strict=False))
    assert len(read.ids) == len(set(read.ids))
    assert {link.removeprefix("#") for link in read.links} <= set(read.ids)
    assert {"header", "nav", "main", "figcaption"} <= set(read.tags)
    assert read.tags[read.tags.index("body") + 1] == "a"  # the way past the list of contents comes first
    assert read.tables
    assert all(table["caption"] == 1 and table["th"] for table in read.tables)
    assert read.unscoped == 0
    assert len(read.pictures) == 5
    assert all(len(alt) > 40 for alt in read.pictures)
    assert '<html lang="en">' in html


def test_nothing_is_fetched_from_anywhere(html: str) -> None:
    read = Reader(html)
    assert not {"script", "link", "img", "iframe", "object", "form"} & set(read.tags)
    assert read.addresses == []
    assert re.search(r"img-src data:;", html)  # the scale of a picture stands in the page itself
    assert not re.search(r"https?://", html)
    assert "default-src 'none'" in html
    assert not re.search(r"@import|url\((?!#)", html)


def test_the_same_project_gives_the_same_bytes(built_demo: Path, tmp_path: Path, html: str) -> None:
    with open_project(built_demo) as project:
        write_report(project, tmp_path / "a.html")
        for name in ("b.docx", "c.docx"):
            write_report(project, tmp_path / name, Wanted(parts=("study", "saturation"), pooled=True))
    assert (tmp_path / "a.html").read_bytes() == html.encode()
    assert (tmp_path / "b.docx").read_bytes() == (tmp_path / "c.docx").read_bytes()


def test_parts_date_and_title_are_as_wanted(built_demo: Path) -> None:
    with open_project(built_demo) as project:
        made = report_page(project, Wanted(parts=("study", "settings"), date="2026-03-01", title="Our study"))
    assert (made.title, made.date) == ("Our study", "2026-03-01")
    assert [block.anchor for block in made.blocks if isinstance(block, Heading)] == ["study", "settings"]
    with pytest.raises(NotFound, match="studdy"):
        Wanted(parts=("studdy",))
    for wrong in ("1 March", "2026-3-1", "2026-02-30"):
        with pytest.raises(NotAllowed, match="not a date"):
            Wanted(date=wrong)


# The figures


def test_figures_are_those_of_the_analysis(built_demo: Path, page: Page) -> None:
    found = part(list(page.blocks), "frequencies")
    tables = [grid for grid in grids(found) if grid.caption.startswith("Codes, all informants")]
    with open_project(built_demo) as project:
        for coder, grid in zip(("A", "B"), tables, strict=True):
            rows = {row[0]: row[1:] for row in grid.rows if len(row) > 1}
            table = frequencies_of(project, by=("code",), sides=True, coders=[coder])
            assert len(rows) == len(table.rows)
            for row in table.rows:
                named, barrier, facilitator, segments, balance = rows[str(row["code_label"])]
                assert named.split("/")[0] == str(row["informants"])
                assert named.split("/")[1].split()[0] == str(row["informants_of"])
                assert barrier.split("/")[0] == str(row["barrier_informants"])
                assert facilitator.split("/")[0] == str(row["facilitator_informants"])
                assert segments == str(row["segments"])
                assert balance == "–" if row["balance"] is None else abs(float(balance) - float(row["balance"])) < 0.006


def test_agreement_and_saturation_are_those_of_the_analysis(built_demo: Path, page: Page) -> None:
    with open_project(built_demo) as project:
        titles, rows, _numbers = as_texts(agreement_of(project))
        shown = grids(part(list(page.blocks), "agreement"))[0]
        places = [titles.index(title) for title in shown.titles]
        assert [list(row) for row in shown.rows] == [[row[place] for place in places] for row in rows]
        assert "Krippendorff" in words(part(list(page.blocks), "agreement"))
        _titles, rows, _numbers = as_texts(saturation_of(project))
        assert [list(row) for row in grids(part(list(page.blocks), "saturation"))[0].rows] == rows


def test_the_method_tells_the_projects_own_numbers(page: Page) -> None:
    said = words(part(list(page.blocks), "method"))
    assert "12 interviews" in said
    assert "2 people coded: A (" in said
    assert "12 of 12 interviews (100%) were coded to the end by two coders or more." in said
    assert "Agreement of A and B on 12 interviews" in said
    assert ipscoding.__version__ in said


# What is hidden

_counts = st.integers(0, 4)


@st.composite
def counted(draw: st.DrawFn) -> tuple[list[Row], list[Row], int]:
    """Tables of a few codes, from people who each have a role and name codes in some way."""
    roles = draw(st.lists(st.sampled_from(["a", "a", "b", "b", "c"]), min_size=2, max_size=6))
    ways = st.sampled_from(["", "b", "f", "bf", "n"])
    whole: list[Row] = []
    by_role: list[Row] = []
    for code in ("x", "y")[: draw(st.integers(1, 2))]:
        named = [draw(ways) for _role in roles]

        def row(keys: dict[str, str], said: list[str]) -> Row:
            return {
                **keys, "informants": sum(bool(one) for one in said), "informants_of": len(said),
                "barrier_informants": sum("b" in one for one in said),
                "facilitator_informants": sum("f" in one for one in said),
                "segments": sum(len(one) for one in said), "balance": None,
            }  # fmt: skip

        whole.append(row({"code": code}, named))
        by_role += [
            row({"code": code, "role": role}, [one for one, its in zip(named, roles, strict=True) if its == role])
            for role in sorted(set(roles))
        ]
    return whole, by_role, draw(st.integers(2, 4))


@settings(max_examples=40, deadline=None)
@given(counted())
def test_no_hidden_figure_can_be_worked_out_from_those_shown(given: tuple[list[Row], list[Row], int]) -> None:
    whole, by_role, least = given
    figures = figures_from("A", whole, by_role, least)
    assert not figures.segments
    assert not figures.balance
    for place, number in figures.numbers.items():
        if is_few(number, figures.of[place[1]], least):
            assert place in figures.hidden
    for code in figures.codes:
        _nothing_follows(figures, code)


def _nothing_follows(figures: Figures, code: str) -> None:
    """Every hidden figure could be something else, by all that is shown and that a person is in one role."""
    there = [[(role, side) for side in SIDES] for role in figures.roles or (None,)]
    ways = [
        [
            (named, barrier, facilitator)
            for named in range(figures.of[role] + 1)
            for barrier in range(named + 1)
            for facilitator in range(named + 1)
            if all(
                value == shown or shown is None
                for value, shown in zip(
                    (named, barrier, facilitator), (figures.number(code, role, side) for side in SIDES), strict=True
                )
            )
        ]
        for ((role, _side), *_more) in there
    ]
    possible = {
        (*(value for one in combined for value in one), *(map(sum, zip(*combined, strict=True))))
        for combined in product(*ways)
        if all(
            figures.number(code, None, side) in (None, sum(values))
            for side, values in zip(SIDES, zip(*combined, strict=True), strict=True)
        )
    }
    places = [place for one in there for place in one] + [(None, side) for side in SIDES]
    for position, (role, side) in enumerate(places):
        seen = {one[position] for one in possible}
        assert len(seen) > 1 or figures.number(code, role, side) is not None, (role, side)


SAID = "P: Aaa bbb ccc. Ddd eee fff. Ggg hhh iii."


def small(folder: Path, swapped: bool) -> Project:
    """Three jobseekers and four clinicians; two rare codes, which change places where `swapped`."""
    project = create(folder / "s.ipscoding", name="Small", coder="A")
    names = ("common", "rare", "seldom")
    book = Codebook("b", {"en": "B"}, "1", tuple(Code(name, {"en": name.title()}) for name in names))
    codebooks.adopt(project, book)
    people = [("patient", n) for n in range(3)] + [("clinician", n) for n in range(4)]
    documents.add_all(
        project,
        [reading(f"{role[0]}{n}", (f"I: Ja {role[0]}{n}?", SAID), id=f"{role[0]}{n}", role=role) for role, n in people],
    )
    rare, seldom = ("seldom", "rare") if swapped else ("rare", "seldom")
    made = [("common", f"{role[0]}{n}", "Aaa bbb ccc.") for role, n in people if n < 3]
    made += [(rare, "p0", "Ddd eee fff."), (seldom, "p0", "Ggg hhh iii."), (seldom, "p1", "Ddd eee fff.")]
    for code, name, quote in made:
        place = documents.find(project, name).id
        codings.add(project, place, span_of(project, place, quote), code, Valence.BARRIER)
    return project


def test_a_report_with_hidden_figures_is_the_same_whatever_they_are(tmp_path: Path) -> None:
    """Who of two rare codes is named by one person and who by two is nowhere in the report."""
    said = []
    for name, swapped in (("one", False), ("two", True)):
        (tmp_path / name).mkdir()
        with small(tmp_path / name, swapped) as project:
            open_ = words(blocks(project, date="2026-01-01"))
            said.append((open_, words(blocks(project, min_cell=3, date="2026-01-01"))))
    assert said[0][0] != said[1][0]
    assert said[0][1] == said[1][1]
    assert "Aaa bbb ccc." in said[0][1]
    assert "Ddd eee fff." not in said[0][1]


def test_attributes_of_few_are_hidden_and_rows_of_informants_left_out(built_demo: Path) -> None:
    with open_project(built_demo) as project:
        hidden = grids(part(blocks(project, min_cell=3, parts=QUICK), "informants"))
        shown = grids(part(blocks(project, parts=QUICK), "informants"))
    assert "The informants" in [grid.caption for grid in shown]
    assert "The informants" not in [grid.caption for grid in hidden]
    for grid in hidden[1:]:
        told = [row[1] for row in grid.rows]
        assert all(cell == "x" or int(cell) >= 3 for cell in told)
        assert told.count("x") != 1 or len(told) == 1


# Quotes


def test_quotes_are_spread_bear_pseudonyms_and_follow_marks(demo: Path) -> None:
    with open_project(demo, coder="A") as project:
        first = [block for block in part(blocks(project, parts=("quotes",)), "quotes") if isinstance(block, Quotation)]
        names = {document.name for document in documents.all(project)} | {d.informant for d in documents.all(project)}
        assert not any(re.search(rf"\b{re.escape(name)}\b", block.source) for block in first for name in names)
        assert all(re.match(r"[A-Z][\w ]+ \d+, turn \d+", block.source) for block in first)
        rows = [row for row in excerpts.rows(project) if row.coder == "A" and row.code == "org.colocation"]
        shown = " ".join(words for block in first for _speaker, words in block.lines)
        never = next(row for row in rows if row.text in shown)
        quoting.mark(project, [never.coding_id], "no")
        kept = [row for row in rows if row.text not in shown and not row.interviewer][:1]
        quoting.mark(project, [row.coding_id for row in kept], "yes")
        after = words(part(blocks(project, parts=("quotes",)), "quotes"))
        about = after[after.index("Co-location") :]
        assert all(row.text in about for row in kept)


# The checklists


def test_checklists_are_filled_where_the_project_knows_and_marked_where_not(page: Page) -> None:
    for name, items, known in (
        ("coreq", COREQ, {12, 16, 22, 24, 25, 26, 27, 29}),
        ("srqr", SRQR, {12, 13, 14, 15, 17}),
    ):
        grid = grids(part(list(page.blocks), name))[0]
        assert [row[0] for row in grid.rows] == [f"{number}. {text}" for number, text in items.items()]
        filled = {number for number, row in zip(items, grid.rows, strict=True) if row[1] != "✎ to be written"}
        assert known <= filled
        for number, row in zip(items, grid.rows, strict=True):
            assert (row[2] == "You") == (number not in filled)
            assert row[2].startswith("Project: ") or row[2] == "You"
    assert list(COREQ) == list(range(1, 33))
    assert list(SRQR) == list(range(1, 22))
    assert {1, 2, 9, 10, 13, 17, 23, 28} & {
        number
        for number, row in zip(COREQ, grids(part(list(page.blocks), "coreq"))[0].rows, strict=True)
        if row[2] != "You"
    } == set()


# The edges


def test_an_empty_project_has_a_report(tmp_path: Path) -> None:
    with create(tmp_path / "e.ipscoding", name="Empty", coder="A") as project:
        said = words(blocks(project))
        for suffix in (".html", ".docx", ".md"):
            write_report(project, tmp_path / f"r{suffix}")
    assert "There is no interview yet." in said
    assert "Agreement cannot be told" in said


@pytest.mark.parametrize("min_cell", [0, 3])
def test_one_informant_without_a_role_and_one_coder(tmp_path: Path, min_cell: int) -> None:
    with create(tmp_path / "o.ipscoding", name="One", coder="A") as project:
        codebooks.adopt(project, Codebook("b", {"en": "B"}, "1", (Code("x", {"en": "X"}), Code("y", {"en": "Y"}))))
        documents.add_all(project, [reading("p01")])
        assert "Nothing has been coded yet." in words(blocks(project, min_cell=min_cell))
        place = documents.find(project, "p01").id
        codings.add(project, place, span_of(project, place, "Det går bra."), "x", Valence.NONE)
        said = words(blocks(project, min_cell=min_cell))
        assert "at least two coders" in said
        assert "there are not two roles" in said
        assert ("Det går bra." in said) == (not min_cell)
        write_report(project, tmp_path / "r.html", Wanted(min_cell=min_cell))


def test_a_thousand_codes_make_a_report_of_those_that_were_used(tmp_path: Path) -> None:
    with create(tmp_path / "m.ipscoding", name="Many", coder="A") as project:
        codes = tuple(Code(f"c{n}", {"en": f"Code {n}"}) for n in range(1000))
        codebooks.adopt(project, Codebook("b", {"en": "B"}, "1", codes))
        documents.add_all(project, [reading("p01", role="patient"), reading("p02", role="clinician")])
        place = documents.find(project, "p01").id
        span = span_of(project, place, "Det går bra.")
        codings.add_many(project, [NewCoding(place, span, f"c{n}", Valence.BARRIER) for n in range(70)])
        found = part(blocks(project, parts=("frequencies",)), "frequencies")
    assert "930 codes were named by nobody. The tables leave such codes out." in words(found)
    assert all(len(grid.rows) == 70 for grid in grids(found))
    assert any("Only the 60 codes" in block.caption for block in found if isinstance(block, Drawing))


# The command and the notebook


def test_the_command_writes_each_form_and_refuses_others(
    demo: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    for suffix in (".html", ".docx", ".md"):
        path = tmp_path / f"report{suffix}"
        said = say(capsys, "report", demo, "-o", path, "--parts", "study,coreq", "--where", "role:patient")
        assert said.code == 0, said
        assert path.stat().st_mode & 0o077 == 0
    assert "4 informants: Jobseekers (4)" in path.read_text(encoding="utf-8")
    said = say(capsys, "report", demo, "-o", tmp_path / "report.pdf")
    assert (said.code, said.out) == (2, "")
    assert ".html" in said.err
    said = say(capsys, "report", demo, "-o", tmp_path / "r.md", "--coders", "nobody")
    assert said.code == 2
    assert not (tmp_path / "r.md").exists()


def test_a_notebook_writes_the_same_report(built_demo: Path, tmp_path: Path) -> None:
    with ipscoding.open(built_demo) as study:
        study.report(tmp_path / "n.md", parts=["study", "informants"], quotes=1)
        with pytest.raises(FileProblem):
            study.report(tmp_path / "n.txt")
    with open_project(built_demo) as project:
        write_report(project, tmp_path / "c.md", Wanted(parts=("study", "informants"), quotes=1))
    assert (tmp_path / "n.md").read_bytes() == (tmp_path / "c.md").read_bytes()
