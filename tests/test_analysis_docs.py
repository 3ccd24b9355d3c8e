"""The worked example in docs/figures.md is what the program gives."""

from pathlib import Path

from ipscoding.analysis import frequencies
from ipscoding.domain import Code, Codebook, Document, Excerpt, Informant, Valence

PAGE = Path(__file__).parent.parent / "docs" / "figures.md"
BOOK = Codebook(
    "b", {}, codes=(Code("org", {}, codable=False), Code("org.near", {}, "org"), Code("org.team", {}, "org"))
)


def tables() -> list[list[dict[str, str]]]:
    example = PAGE.read_text(encoding="utf-8").split("## A worked example")[1]
    found = []
    for block in example.split("\n\n"):
        lines = [[cell.strip() for cell in line.strip("|").split("|")] for line in block.split("\n") if "|" in line]
        if len(lines) > 2:
            found.append([dict(zip(lines[0], cells, strict=True)) for cells in lines[2:]])
    return found


def test_the_worked_example_comes_out_as_the_page_says() -> None:
    codings, by_code, by_domain = tables()
    documents = [
        Document("P1", "P1", "", informant="P1", words=100),
        Document("C1", "C1", "", informant="C1", words=400),
    ]
    people = [Informant("1", "P1", "patient"), Informant("2", "C1", "clinician")]
    text = "vi satt der ved siden".ljust(40) + "langt unna"
    rows = [
        Excerpt(
            coding_id=str(number), project="", document_id=row["document"], document=row["document"],
            informant=row["document"], role="", speaker="", turn=1, code=row["code"], code_label="", code_path="",
            domain="org", valence=Valence(row["direction"]), strength=None, coder="A", coded_at="", origin="manual",
            codebook_version=1, start=int(row["start"]), end=int(row["end"]),
            text=text[int(row["start"]) : int(row["end"])], context_before="", context_after="", memo="", status="",
        )
        for number, row in enumerate(codings)
    ]  # fmt: skip
    assert [row.text for row in rows] == [row["text"] for row in codings]
    for by, expected in (("code", by_code), ("domain", by_domain)):
        made = frequencies(rows, documents, people, BOOK, by=(by,)).rows
        shown = [
            {name: f"{cell:.2f}" if isinstance(cell, float) else str(cell) for name, cell in row.items()}
            for row in made
        ]
        assert [{name: row[name] for name in expected[0]} for row in shown] == expected
