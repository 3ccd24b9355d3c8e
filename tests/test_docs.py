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
    for path in [ROOT / "README.md", ROOT / "CONTRIBUTING.md", *sorted((ROOT / "docs").glob("*.md"))]:
        for target in re.findall(r"\]\(([^)#]+)", path.read_text(encoding="utf-8")):
            if not target.startswith("http"):
                assert (path.parent / target).exists(), f"{path.name}: {target}"
