"""Pictures: they show the figures of the analysis, the same figures give the same bytes, and no project breaks them."""

import io
import re
from collections.abc import Iterator
from pathlib import Path
from xml.etree import ElementTree

import pytest

from ipscoding.analysis.chart import Order
from ipscoding.analysis.of_project import frequencies_of
from ipscoding.domain import Code, Codebook, Valence
from ipscoding.errors import NotFound
from ipscoding.exchange.pictures.of_project import KINDS, Wish, picture_of
from ipscoding.exchange.pictures.paper import FORMS
from ipscoding.exchange.pictures.terminal import show
from ipscoding.project import Project, codebooks, codings, create, documents, open_project
from tests.cli_example import good, say
from tests.project_example import make, reading, span_of

SVG = "{http://www.w3.org/2000/svg}"
STARTS = {"svg": b"<?xml", "png": b"\x89PNG", "pdf": b"%PDF"}


@pytest.fixture(scope="module")
def example(built_demo: Path) -> Iterator[Project]:
    with open_project(built_demo) as opened:
        yield opened


def words(svg: bytes) -> list[str]:
    """What is written in a picture, piece by piece."""
    return ["".join(text.itertext()).strip() for text in ElementTree.fromstring(svg).iter(f"{SVG}text")]


def drawn(project: Project, wish: Wish, width: int = 100) -> str:
    out = io.StringIO()
    show(picture_of(project, wish), out, width)
    return out.getvalue()


@pytest.mark.parametrize("kind", KINDS)
@pytest.mark.parametrize("form", FORMS)
def test_the_same_figures_give_the_same_bytes(example: Project, kind: str, form: str) -> None:
    wish = Wish(kind, by="domain", filters={"coders": ["A"]})
    first, second = (picture_of(example, wish).file(form) for _time in range(2))
    assert first == second
    assert first.startswith(STARTS[form])


def test_a_picture_of_sides_writes_the_numbers_of_the_analysis(example: Project) -> None:
    wish = Wish("sides", by="domain", filters={"coders": ["A"]})
    said = words(picture_of(example, wish).file("svg"))
    table = frequencies_of(example, by=("domain", "role"), coders=["A"], sides=True)
    by_role: dict[str, list[str]] = {}
    for row in table.rows:
        numbers = [str(row["barrier_informants"]), str(row["facilitator_informants"])]
        by_role.setdefault(str(row["role"]), []).extend(numbers)
    text = " ".join(said)
    for numbers in by_role.values():
        assert " ".join(numbers) in text
    assert {"Clinicians", "n = 3", "Organisation and anchoring", "Number of informants"} <= set(said)


def test_a_heat_map_writes_how_many_of_how_many(example: Project) -> None:
    wish = Wish("heat", filters={"coders": ["A"], "codes": ["org.*"]})
    said = words(picture_of(example, wish).file("svg"))
    rows = frequencies_of(example, by=("code", "role"), coders=["A"], codes=["org.*"]).rows
    assert [word for word in said if re.fullmatch(r"\d+/\d+", word)] == [
        f"{row['informants']}/{row['informants_of']}" for row in rows
    ]


def test_pictures_speak_the_language_asked_for(demo: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    path = tmp_path / "bilde.svg"
    assert (
        say(capsys, "--lang", "nb", "picture", demo, "sides", "--by", "domain", "--coders", "A", "-o", path).code == 0
    )
    said = words(path.read_bytes())
    assert {"Jobbsøkere", "Organisering og forankring"} <= set(said)


def test_rows_are_sorted_limited_and_left_out_as_asked(example: Project) -> None:
    coders = {"coders": ["A"]}
    top = picture_of(example, Wish("bars", roles=False, top=5, order=Order.TOTAL, filters=coders)).bars
    everything = picture_of(example, Wish("bars", roles=False, order=Order.TOTAL, filters=coders)).bars
    assert top == everything[:5]
    used = picture_of(example, Wish("bars", roles=False, used=True, filters=coders)).bars
    assert 0 < len(used) < len(everything)
    assert all(bar.figure(facet).segments for bar in used for facet in bar.figures)
    balanced = picture_of(example, Wish("sides", roles=False, order=Order.BALANCE, used=True, filters=coders)).bars
    sides = [bar.figure(next(iter(bar.figures))).sides("informants") for bar in balanced]
    shares = [(up - down) / (up + down) for down, up in sides if up + down]
    assert shares == sorted(shares)


def test_small_groups_are_hidden_in_pictures_too(example: Project) -> None:
    wish = Wish("heat", filters={"coders": ["A"], "min_cell": 3})
    said = words(picture_of(example, wish).file("svg"))
    assert not {"1/2", "2/2", "1/3", "2/3", "1/4", "2/4"} & set(said)
    assert not re.search(r"\b[12]/[234]\b", drawn(example, wish))


@pytest.mark.parametrize("width", [60, 80, 200])
@pytest.mark.parametrize("kind", KINDS)
def test_on_a_terminal_no_line_is_wider_than_it(example: Project, kind: str, width: int) -> None:
    said = drawn(example, Wish(kind, filters={"coders": ["A"]}), width)
    figures, _gap, _notes = said.rpartition("\n\n")
    # the legend below a picture goes on in the next line by itself
    lines = [line for line in figures.splitlines() if not line.startswith(("█ ", "Shade"))]
    assert max(map(len, lines)) <= width


def test_the_curve_on_the_terminal_has_a_column_for_each_interview(example: Project) -> None:
    said = drawn(example, Wish("saturation", roles=False, filters={"coders": ["A"]}))
    assert "58 codes in all" in said
    axis = next(line for line in said.splitlines() if line.strip().startswith("1 "))
    assert axis.split() == [str(n) for n in range(1, 13)]


def _odd_projects(folder: Path) -> dict[str, Project]:
    empty = create(folder / "empty", name="Empty", coder="Kari")
    uncoded = make(folder)
    (folder / "one").mkdir()
    alone = make(folder / "one")
    documents.remove(alone, documents.find(alone, "n01").id)
    place = documents.find(alone, "p01").id
    codings.add(alone, place, span_of(alone, place, "Det går bra."), "gen.forslag", Valence.NONE)
    many = create(folder / "many", name="Many", coder="Kari")
    found = [Code(f"k{n}", {"en": f"Code {n} with a fairly long name that goes on"}) for n in range(1000)]
    codebooks.adopt(many, Codebook("many", {"en": "Many"}, "1", tuple(found)))
    documents.add_all(many, [reading("p01")])
    place = documents.find(many, "p01").id
    codings.add(many, place, span_of(many, place, "Det går bra."), "k7", Valence.BARRIER)
    return {"empty": empty, "uncoded": uncoded, "one informant, no direction": alone, "a thousand codes": many}


@pytest.mark.parametrize("kind", KINDS)
def test_no_project_is_too_odd_to_be_drawn(tmp_path: Path, kind: str) -> None:
    for name, project in _odd_projects(tmp_path).items():
        for roles in (True, False):
            wish = Wish(kind, roles=roles)
            picture = picture_of(project, wish)
            assert ElementTree.fromstring(picture.file("svg")).tag == f"{SVG}svg", name
            assert drawn(project, wish), name
        project.close()


def test_a_thousand_rows_are_still_a_picture_that_programs_open(tmp_path: Path) -> None:
    from PIL import Image

    project = _odd_projects(tmp_path)["a thousand codes"]
    image = Image.open(io.BytesIO(picture_of(project, Wish("heat")).file("png")))
    assert max(image.size) < 2**16
    assert image.size[1] > 5000


def test_what_there_is_not_is_said(example: Project) -> None:
    for wish, what in ((Wish("pie"), "pie"), (Wish("bars", unit="words"), "words"), (Wish("bars", by="role"), "role")):
        with pytest.raises(NotFound, match=what):
            picture_of(example, wish)


def test_the_command_draws_and_writes(demo: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    shown = good(capsys, "picture", demo, "sides", "--coders", "A", "--by", "domain")
    assert "Organisation and" in shown
    assert "Codings by A." in shown
    for form in FORMS:
        said = say(capsys, "picture", demo, "heat", "--coders", "A", "--by", "domain", "-o", tmp_path / f"x.{form}")
        assert (said.code, said.out) == (0, "")
        assert "Codings by A." in said.err
        assert (tmp_path / f"x.{form}").read_bytes().startswith(STARTS[form])
    assert say(capsys, "picture", demo, "heat", "-o", tmp_path / "x.gif").code == 2
    assert say(capsys, "picture", demo, "saturation", "--min-cell", "3").code == 2
