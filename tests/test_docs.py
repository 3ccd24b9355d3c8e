"""What the documents say of the program is made from the program or checked against it."""

import re
from pathlib import Path

from ipscoding.cli.commands import COMMANDS
from scripts.keys import KEYS, page

ROOT = Path(__file__).resolve().parent.parent


def test_the_table_of_keys_is_the_programs_own() -> None:
    assert KEYS.read_text(encoding="utf-8") == page()


def test_every_command_that_a_document_names_exists() -> None:
    documents = [ROOT / "README.md", *sorted((ROOT / "docs").glob("*.md"))]
    named = {
        (path.name, match[1])
        for path in documents
        for match in re.finditer(r"(?m)(?:^|`|/)ipscoding ([a-z]+)(?![.\w])", path.read_text(encoding="utf-8"))
    }
    assert named
    assert {(name, command) for name, command in named if command not in COMMANDS} == set()


def test_every_link_between_documents_leads_somewhere() -> None:
    for path in [*ROOT.glob("*.md"), ROOT / "benchmarks" / "README.md", *sorted((ROOT / "docs").glob("*.md"))]:
        for target in re.findall(r"\]\(([^)#]+)", path.read_text(encoding="utf-8")):
            if not target.startswith("http"):
                assert (path.parent / target).exists(), f"{path.name}: {target}"


def test_every_page_is_in_the_list_of_pages() -> None:
    listed = set(re.findall(r"\]\(([a-z-]+\.md)\)", (ROOT / "docs" / "README.md").read_text(encoding="utf-8")))
    assert {page.name for page in (ROOT / "docs").glob("*.md")} == listed | {"README.md"}


def test_every_page_that_the_program_names_is_there() -> None:
    named = {
        (path.name, page)
        for path in (ROOT / "ipscoding").rglob("*.py")
        for page in re.findall(r"docs/[a-z-]+\.md", path.read_text(encoding="utf-8"))
    }
    assert named
    assert {(name, page) for name, page in named if not (ROOT / page).exists()} == set()
