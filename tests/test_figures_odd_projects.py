"""Every figure and every picture of projects that have next to nothing, or far too much: sensible, never a fault."""

import io
import json
from pathlib import Path
from xml.etree import ElementTree

import pytest

from ipscoding.domain import Code, Codebook, Valence
from ipscoding.exchange.pictures.of_project import KINDS, Wish, picture_of
from ipscoding.exchange.pictures.terminal import show
from ipscoding.project import Project, codebooks, codings, create, documents, open_project
from tests.cli_example import say
from tests.project_example import CODEBOOK, make, reading, span_of

SVG = "{http://www.w3.org/2000/svg}"
NEVER = ("nan", "inf", "traceback", "fault in")


def code(project: Project, name: str, words: str, code_id: str, valence: Valence) -> None:
    place = documents.find(project, name).id
    codings.add(project, place, span_of(project, place, words), code_id, valence)


def empty(folder: Path) -> Project:
    return create(folder / "empty", name="Empty", coder="Kari")


def uncoded(folder: Path) -> Project:
    return make(folder)


def one_informant(folder: Path) -> Project:
    project = make(folder)
    documents.remove(project, documents.find(project, "n01").id)
    code(project, "p01", "Det går bra.", "org.nær", Valence.BARRIER)
    code(project, "p01", "går bra. Døra", "org.leiing", Valence.FACILITATOR)
    return project


def no_roles(folder: Path) -> Project:
    project = create(folder / "bare", name="Bare", coder="Kari")
    codebooks.adopt(project, CODEBOOK)
    documents.add_all(project, [reading("p01"), reading("p02", ("I: Hei.", "P: Døra er lukket."))])
    code(project, "p01", "Det går bra.", "org.nær", Valence.FACILITATOR)
    code(project, "p02", "Døra er lukket.", "org.leiing", Valence.BARRIER)
    return project


def no_direction(folder: Path) -> Project:
    project = make(folder)
    for name, words in (("p01", "Det går bra."), ("p01", "Æ trur det."), ("n01", "Dørene er opne.")):
        code(project, name, words, "gen.forslag", Valence.NONE)
    return project


def thousand(folder: Path) -> Project:
    project = create(folder / "many", name="Many", coder="Kari")
    codes = [Code(f"k{n}", {"en": f"Code {n} with a fairly long name that goes on"}) for n in range(1000)]
    codebooks.adopt(project, Codebook("many", {"en": "Many"}, "1", tuple(codes)))
    documents.add_all(project, [reading("p01", id="P01", role="patient"), reading("n01", id="N01", role="clinician")])
    for n in range(40):
        code(project, "p01", "Det går bra." if n % 2 else "Døra hans står åpen.", f"k{n}", Valence.BARRIER)
    return project


MADE = (empty, uncoded, one_informant, no_roles, no_direction, thousand)


@pytest.fixture(scope="module", params=MADE, ids=lambda make: make.__name__)
def odd(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Path:
    with request.param(tmp_path_factory.mktemp("odd")) as project:
        return project.path


COMMANDS = (
    "freq",
    "freq --by code,role,valence --unit segments,informants,documents,words",
    "freq --by role --min-cell 3",
    "freq --by domain --parents --nonzero",
    "crosstab code role",
    "crosstab role valence --unit segments --test --permutations 99",
    "crosstab code code --min-cell 3",
    "cooccur",
    "cooccur --within 1 --by-valence --min-cell 2",
    "cooccur --matrix --jaccard",
    "saturation",
    "saturation --show runs --base 1 --run 1",
    "saturation --show curve --by role",
    "triangulate",
    "triangulate --sort agreement --quotes 2 --min-cell 2",
    "triangulate --split-date 2026-01-01 --long",
    "fidelity",
    "fidelity --totals",
    "agree",
    "excerpts",
)


@pytest.mark.parametrize("command", COMMANDS)
def test_every_table_is_one_that_can_be_read(odd: Path, command: str, capsys: pytest.CaptureFixture[str]) -> None:
    if command.startswith("crosstab code code") and odd.name.startswith("many"):
        command = command.replace("code code", "code code --where code:k1*")
    name, *options = command.split()
    shown = say(capsys, name, odd, *options)
    said = json_of = None
    if name != "agree":
        json_of = say(capsys, name, odd, *options, "--format", "json")
    for said in (shown, json_of):
        if said is None:
            continue
        assert said.code in (0, 1) or said.err.count("\n") == 1, said.err
        assert not any(word in said.err.lower() for word in NEVER), said.err
    if json_of is not None and json_of.code == 0:
        json.loads(json_of.out, parse_constant=lambda constant: pytest.fail(constant))


def test_a_project_compared_with_itself_has_not_changed(odd: Path, capsys: pytest.CaptureFixture[str]) -> None:
    said = say(capsys, "compare", odd, odd)
    assert said.code == 0, said.err


@pytest.mark.parametrize("kind", KINDS)
def test_every_picture_can_be_drawn(odd: Path, kind: str) -> None:
    with open_project(odd) as project:
        for roles in (True, False) if kind in ("sides", "bars", "heat", "saturation") else (True,):
            picture = picture_of(project, Wish(kind, roles=roles))
            # a thousand rows are drawn once, below: it takes long
            if len(picture.bars) < 1000 and len(picture.contrasts.rows) < 1000:
                assert ElementTree.fromstring(picture.file("svg")).tag == f"{SVG}svg"
            out = io.StringIO()
            show(picture, out, 80)
            assert out.getvalue().strip()


def test_a_thousand_rows_are_still_a_picture_that_programs_open(tmp_path: Path) -> None:
    from PIL import Image

    with thousand(tmp_path) as project:
        image = Image.open(io.BytesIO(picture_of(project, Wish("heat", roles=False)).file("png")))
    assert max(image.size) < 2**16
    assert image.size[1] > 5000
