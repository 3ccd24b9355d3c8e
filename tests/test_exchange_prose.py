"""Pages for reading: whatever a text holds, it is shown as it is in Markdown, HTML and Word."""

import io
import re
from html.parser import HTMLParser
from typing import Any

import docx
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from ipscoding.exchange.prose import Block, Facts, Heading, Items, Page, Paragraph, Quotation, write_page
from ipscoding.exchange.prose.markdown import escaped

BLOCKS: tuple[Block, ...] = (
    Heading(1, "Organisering <b>", "org"),
    Paragraph("- Nei\n+47 & co", quiet=True),
    Items(("én", "to")),
    Facts((("Definisjon", "Avstand\nmellom folk"),)),
    Quotation((("I", "Ja?"), ("Jobbsøker 1", "# Æ trur *det*")), "▼", "Jobbsøker 1, tur 4"),
)
PAGE = Page("Kodebok «æøå»", "nb", BLOCKS, contents=True)


def written(page: Page, suffix: str) -> bytes:
    raw = io.BytesIO()
    write_page(page, raw, suffix)
    return raw.getvalue()


class Seen(HTMLParser):
    def __init__(self, text: str) -> None:
        super().__init__()
        self.tags: list[tuple[str, dict[str, str | None]]] = []
        self.said: list[str] = []
        self.feed(text)

    def handle_starttag(self, tag: str, attrs: Any) -> None:
        self.tags.append((tag, dict(attrs)))

    def handle_data(self, data: str) -> None:
        self.said.append(data)


def test_markdown_says_it_with_signs_that_mean_nothing() -> None:
    assert written(PAGE, ".md").decode() == (
        "# Kodebok «æøå»\n\n"
        "## Organisering \\<b\\>\n\n"
        "\\- Nei\\\n+47 \\& co\n\n"
        "- én\n- to\n\n"
        "- **Definisjon**: Avstand\\\n  mellom folk\n\n"
        "> ▼ **I:** Ja?\\\n> **Jobbsøker 1:** \\# Æ trur \\*det\\*\n>\n> — Jobbsøker 1, tur 4\n"
    )


def test_html_stands_alone_and_says_the_same() -> None:
    seen = Seen(written(PAGE, ".html").decode())
    assert ("html", {"lang": "nb"}) in seen.tags
    assert ("h2", {"id": "org"}) in seen.tags
    assert ("a", {"href": "#org"}) in seen.tags
    assert not {"script", "img", "link", "iframe", "b>"} & {tag for tag, _ in seen.tags}
    assert not any(
        "http" in (value or "") for tag, attrs in seen.tags for name, value in attrs.items() if name != "http-equiv"
    )
    for text in ("Organisering <b>", "- Nei\n+47 & co", "# Æ trur *det*", "— Jobbsøker 1, tur 4"):
        assert any(text in said for said in seen.said)


def test_word_has_headings_lists_and_quotations_of_its_own_and_names_no_author() -> None:
    read = docx.Document(io.BytesIO(written(PAGE, ".docx")))
    assert [(p.style.name, p.text) for p in read.paragraphs] == [
        ("Title", "Kodebok «æøå»"),
        ("Heading 1", "Organisering <b>"),
        ("Normal", "- Nei\n+47 & co"),
        ("List Bullet", "én"),
        ("List Bullet", "to"),
        ("Normal", "Definisjon: Avstand\nmellom folk"),
        ("Quote", "▼ I: Ja?\nJobbsøker 1: # Æ trur *det*"),
        ("Normal", "— Jobbsøker 1, tur 4"),
    ]
    about = read.core_properties
    assert (about.author, about.title, about.language) == ("", "Kodebok «æøå»", "nb-NO")


@pytest.mark.parametrize("suffix", [".md", ".html", ".docx"])
@settings(deadline=None)
@given(st.text(max_size=30), st.text(max_size=10))
def test_any_text_makes_a_page(suffix: str, text: str, short: str) -> None:
    page = Page(text, "nb", (Heading(2, text, short), Facts(((short, text),)), Quotation(((short, text),), "▲", text)))
    raw = written(page, suffix)
    if suffix == ".docx":
        visible = re.sub(
            "[\x00-\x08\x0b\x0c\x0e-\x1f\x7f\ufffe\uffff]", "", text.replace("\r\n", "\n").replace("\r", "\n")
        )
        assert docx.Document(io.BytesIO(raw)).paragraphs[0].text == visible
    else:
        assert raw.decode()


@pytest.mark.parametrize(
    ("text", "shown"),
    [("1. ja", "1\\. ja"), ("- ja", "\\- ja"), ("-ja", "-ja"), ("---", "\\---"), ("a\n\n b", "a\\\nb"), ("", "")],
)
def test_what_begins_like_a_list_is_none(text: str, shown: str) -> None:
    assert escaped(text) == shown
