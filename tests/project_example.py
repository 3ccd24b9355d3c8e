"""A small project for tests: two interviews, three codes, nothing from files."""

from pathlib import Path

from ipscoding.domain import Code, Codebook, Span, Transcript, Turn, Valence
from ipscoding.project import Project, codebooks, create, documents
from ipscoding.transcripts.reading import Reading

CODEBOOK = Codebook(
    id="liten",
    title={"nb": "Liten kodebok"},
    version="1",
    codes=(
        Code("org", {"nb": "Organisering", "nn": "Organisering", "en": "Organisation"}, codable=False),
        Code("org.nær", {"nb": "Nærhet", "en": "Proximity"}, parent="org", definition={"nb": "Avstand mellom folk."}),
        Code("org.leiing", {"nb": "Ledelse", "nn": "Leiing"}, parent="org"),
        Code("gen", {"nb": "Tverrgående"}, codable=False),
        Code("gen.forslag", {"nb": "Forslag"}, parent="gen", valence=Valence.NONE),
    ),
)

LINES = ("I: Hvordan går det?", "P: Det går bra. Døra hans står åpen.", "I: Ja?", "P: Æ trur det. Men sjefen er borte.")


def transcript(lines: tuple[str, ...] = LINES) -> Transcript:
    """A transcript of lines `X: speech`, one sentence per stretch between full stops."""
    text = "\n".join(lines)
    turns, sentences, at = [], [], 0
    for number, line in enumerate(lines, start=1):
        speech = at + line.index(" ") + 1
        turns.append(Turn(number, line[0], Span(at, at + len(line)), Span(speech, at + len(line)), line[0] == "I"))
        start = speech
        for place in range(speech, at + len(line)):
            if text[place] in ".?":
                sentences.append(Span(start, place + 1))
                start = place + 2
        at += len(line) + 1
    return Transcript(text, tuple(turns), tuple(sentences))


def reading(name: str, lines: tuple[str, ...] = LINES, **header: str) -> Reading:
    return Reading(name, transcript(lines), header, f"{name}.txt", "0" * 64, "utf-8", [])


def make(folder: Path, coder: str = "Kari") -> Project:
    """A project with the codebook and two interviews."""
    project = create(folder / "studie.ipscoding", name="Studie", coder=coder)
    codebooks.adopt(project, CODEBOOK)
    other = ("I: Hei.", "N: Eg er rettleiar i NAV. Dørene er opne.")
    documents.add_all(
        project,
        [
            reading("p01", id="P01", role="patient", site="S01", language="nb"),
            reading("n01", other, role="nav-veileder"),
        ],
    )
    return project


def span_of(project: Project, document_id: str, quote: str) -> Span:
    text = documents.transcript(project, document_id).text
    start = text.index(quote)
    return Span(start, start + len(quote))
