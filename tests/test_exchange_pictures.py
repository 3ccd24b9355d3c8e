"""Pictures: they show the figures of the analysis, the same figures give the same bytes, and no project breaks them."""

import io
import re
from collections.abc import Iterator
from pathlib import Path
from xml.etree import ElementTree

import pytest

from ipscoding.analysis.chart import Order
from ipscoding.analysis.cooccurrence import pairs_table
from ipscoding.analysis.fidelity import fidelity_of
from ipscoding.analysis.of_project import cooccurrence_of, frequencies_of
from ipscoding.analysis.triangulation import triangulation_of
from ipscoding.codebook.fidelity import scale
from ipscoding.errors import NotAllowed, NotFound
from ipscoding.exchange.pictures.near import Edge, Near, Node
from ipscoding.exchange.pictures.network import laid_out, names, paper, radius
from ipscoding.exchange.pictures.of_project import KINDS, Wish, picture_of
from ipscoding.exchange.pictures.paper import FORMS
from ipscoding.exchange.pictures.terminal import show
from ipscoding.project import Project, fidelity, open_project
from ipscoding.project.fidelity import Assessment
from tests.cli_example import good, say

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
    wish = Wish(kind, by="domain", top=8, filters={"coders": ["A"]})
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
    assert lines
    assert max(map(len, lines)) <= width


def test_the_curve_on_the_terminal_has_a_column_for_each_interview(example: Project) -> None:
    said = drawn(example, Wish("saturation", roles=False, filters={"coders": ["A"]}))
    assert "58 codes in all" in said
    axis = next(line for line in said.splitlines() if line.strip().startswith("1 "))
    assert axis.split() == [str(n) for n in range(1, 13)]


def test_a_matrix_and_a_network_show_the_pairs_of_the_analysis(example: Project) -> None:
    filters = {"coders": ["A"]}
    pairs = pairs_table(cooccurrence_of(example, within="3", coders=["A"])[0]).rows
    matrix = picture_of(example, Wish("matrix", within="3", filters=filters))
    place = {node.id: number for number, node in enumerate(matrix.near.nodes)}
    drawn_pairs = {(edge.first, edge.second): (edge.pairs, edge.jaccard) for edge in matrix.near.edges}
    assert drawn_pairs == {
        (place[str(row["code_1"])], place[str(row["code_2"])]): (row["pairs"], row["jaccard"]) for row in pairs
    }
    said = words(matrix.file("svg"))
    assert {"Co-location and proximity  2", "7"} <= set(said)
    network = picture_of(example, Wish("network", within="3", least=3, filters=filters))
    assert len(network.near.edges) == sum(int(row["pairs"] or 0) >= 3 for row in pairs)
    used = {place for edge in network.near.edges for place in (edge.first, edge.second)}
    assert used == set(range(len(network.near.nodes)))
    assert any(note.startswith(f"Drawn: {len(network.near.edges)} of {len(pairs)} pairs") for note in network.notes)
    assert drawn(example, network.wish).splitlines()[0].endswith(" 7")


def test_names_in_a_network_of_sixty_codes_lie_on_no_other_name_and_no_circle() -> None:
    labels = ["Employer affiliation and ownership (NAV or health)", "Hope", "Job search based on own preferences"]
    nodes = [Node(f"c{n}", labels[n % 3], f"d{n % 9}", 5, 1 + n % 12) for n in range(60)]
    near = Near(nodes, [Edge(n, (n * 7 + 3) % 60, 1 + n % 5, 0.1) for n in range(60) if n != (n * 7 + 3) % 60])
    wide, high = paper(60)
    places = laid_out(near, "pairs", wide, high)
    radii = [radius(node.informants, 12) for node in nodes]
    boxes = [name.box for name in names(near, places, radii, wide, high).values()]
    boxes += [(x - r, y - r, x + r, y + r) for (x, y), r in zip(places, radii, strict=True)]
    for number, one in enumerate(boxes):
        for other in boxes[:number]:
            apart = one[2] <= other[0] or other[2] <= one[0] or one[3] <= other[1] or other[3] <= one[1]
            assert apart, (one, other)
    assert places == laid_out(near, "pairs", wide, high)


def test_a_contrast_shows_the_shares_of_triangulation_the_furthest_apart_first(example: Project) -> None:
    picture = picture_of(example, Wish("contrast", used=True, filters={"coders": ["A"]}))
    found = triangulation_of(example, coders=["A"]).found
    assert [row.sayings for row in picture.contrasts.rows] == [
        row.sayings for row in found if any(saying.number for saying in row.sayings)
    ]
    contrasts = [row.compared.contrast or 0 for row in picture.contrasts.rows]
    assert contrasts == sorted(contrasts, reverse=True)
    assert {"Clinicians (n = 3)", "Jobseekers (n = 4)", "100 %"} <= set(words(picture.file("svg")))
    sides = picture_of(example, Wish("contrast", side="barrier", groups=("site",), top=5, filters={"coders": ["A"]}))
    assert list(sides.contrasts.ways) == ["barrier"]
    assert len(sides.contrasts.rows) == 5
    assert any(word.startswith("S01") for word in words(sides.file("svg")))


def test_fidelity_scores_stand_beside_what_was_coded(demo: Path, tmp_path: Path) -> None:
    with open_project(demo) as project:
        item = scale().items[5].id
        fidelity.record(project, [Assessment("S01", "2026-03-01", {item: 3})])
        picture = picture_of(project, Wish("fidelity", filters={"coders": ["A"]}))
        table = fidelity_of(project, coders=["A"])
    first = picture.scores.sites[0]
    assert (first.name, first.scores[5]) == ("S01 (2026-03-01)", 3)
    told = next(row for row in table.rows if row["site"] == "S01" and row["item"] == item)
    assert first.figures[5] is not None
    assert first.figures[5].sides("informants") == (told["barrier_informants"], told["facilitator_informants"])
    assert "S01 (2026-03-01)" in " ".join(words(picture.file("svg")))


def test_pictures_of_one_coder_say_so_where_there_are_two(example: Project) -> None:
    for kind in ("matrix", "network", "contrast", "fidelity"):
        with pytest.raises(NotAllowed, match="one coder"):
            picture_of(example, Wish(kind))


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
    assert say(capsys, "picture", demo, "heat", "--within", "turn").code == 2
