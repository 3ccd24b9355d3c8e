"""A codebook to a file, in the form that its suffix says."""

from collections.abc import Sequence
from pathlib import Path

from ipscoding.codebook import write as codebook_file
from ipscoding.domain import Codebook
from ipscoding.errors import FileProblem
from ipscoding.exchange.atomic import whole_file
from ipscoding.exchange.codebook_page import codebook_page
from ipscoding.exchange.codebook_table import codebook_table
from ipscoding.exchange.formats import BY_SUFFIX
from ipscoding.exchange.prose import SUFFIXES, write_page
from ipscoding.exchange.write import write
from ipscoding.i18n import _

YAML = (".yaml", ".yml")
TABLES = tuple(suffix for suffix, form in BY_SUFFIX.items() if form != "table")


def write_codebook(book: Codebook, path: Path, languages: Sequence[str] = (), *, preset: str = "plain") -> None:
    """Write `book` to `path`: YAML (the form that is read back), a table, or a page for reading; whole or not at all.

    YAML holds all languages. Else texts are in the language in use, or with `languages` in each of these; `preset` is
    the form of CSV. Raises `FileProblem` for a file that cannot be written or whose suffix says nothing.
    """
    suffix = path.suffix.lower()
    if suffix in YAML:
        codebook_file.write(book, path)
    elif suffix in TABLES:
        write(codebook_table(book, languages), path, preset=preset)
    elif suffix in SUFFIXES:
        page = codebook_page(book, languages)
        with whole_file(path) as file:
            write_page(page, file, suffix)
    else:
        what = _("The name {path} does not say which format to write").format(path=path)
        known = ", ".join((YAML[0], *TABLES, *SUFFIXES))
        raise FileProblem(what, _("End it in one of {suffixes}").format(suffixes=known))
