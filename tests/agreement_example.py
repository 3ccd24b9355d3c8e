"""Plain readings for tests of agreement: a text of short sentences, and codings by their place in it."""

from ipscoding.analysis.agreement import Reading
from ipscoding.domain import Code, Codebook, Coding, Document, Span, Transcript, Valence
from tests.project_example import transcript

BOOK = Codebook(
    "b",
    {},
    codes=(
        Code("org", {"en": "Organisation"}, codable=False),
        Code("org.near", {"en": "Nearness"}, "org"),
        Code("org.team", {"en": "Team"}, "org"),
        Code("per", {"en": "Person"}, codable=False),
        Code("per.hope", {"en": "Hope"}, "per"),
    ),
)
LINES = ("I: Hva da?", "P: En. To. Tre.", "I: Ja?", "P: Fire. Fem.")
TEXT = transcript(LINES)


def coding(start: int, end: int, code: str = "org.near", valence: str = "none", document: str = "d1") -> Coding:
    return Coding(f"{document}/{start}-{end}/{code}", document, Span(start, end), code, "", Valence(valence))


def quoted(quote: str, code: str = "org.near", valence: str = "none", document: str = "d1") -> Coding:
    start = TEXT.text.index(quote)
    return coding(start, start + len(quote), code, valence, document)


def reading(*sides: list[Coding] | None, name: str = "d1", text: Transcript = TEXT) -> Reading:
    return Reading(Document(name, name, ""), text, sides)
