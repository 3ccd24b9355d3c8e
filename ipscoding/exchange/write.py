"""Tables to where they are wanted: a file or standard output, in the form asked for."""

import io
import sys
from pathlib import Path
from typing import BinaryIO, TextIO

from ipscoding.analysis import Tabular
from ipscoding.analysis.names import hint
from ipscoding.errors import FileProblem, NotFound
from ipscoding.exchange.atomic import whole_file
from ipscoding.exchange.csv_out import PLAIN, preset_named, write_csv
from ipscoding.exchange.formats import BY_SUFFIX, FORMATS
from ipscoding.exchange.json_out import write_json, write_json_lines
from ipscoding.exchange.parquet_out import write_parquet
from ipscoding.exchange.terminal import show
from ipscoding.exchange.xlsx_out import write_xlsx
from ipscoding.i18n import _


def write(
    table: Tabular,
    path: Path | None = None,
    *,
    format: str | None = None,
    preset: str = PLAIN.name,
    stream: TextIO | None = None,
    width: int | None = None,
    language: str | None = None,
) -> None:
    """Write `table` to the file `path`, or to `stream` (None: standard output) where there is no path.

    `format` is one of `FORMATS`; without it the file's suffix decides, and a stream gets a table to read. `preset`
    is the form of CSV (`plain`, `excel-no`). A file is written whole or not at all, for its owner's eyes only.
    Raises `FileProblem` for a file that cannot be written or whose suffix says nothing.
    """
    form = format_for(path, format)
    csv_form = preset_named(preset)
    if path is not None:
        with whole_file(path) as file:
            if form == "xlsx":
                write_xlsx(table, file, path.resolve().parent)
            elif form == "parquet":
                write_parquet(table, file)
            else:
                text = io.TextIOWrapper(file, encoding="utf-8", newline="")
                _write_text(table, text, form, csv_form.name, width, language)
                text.flush()
                text.detach()
        return
    out = stream or sys.stdout
    if form == "xlsx":
        write_xlsx(table, _binary(out, _("An Excel file cannot be shown on a terminal"), ".xlsx"))
    elif form == "parquet":
        write_parquet(table, _binary(out, _("A Parquet file cannot be shown on a terminal"), ".parquet"))
    elif form == "table":
        show(table, out, width=width, language=language)
    else:
        _write_stream(table, out, form, csv_form.name)


def format_for(path: Path | None, format: str | None = None) -> str:
    """The format to write: the one asked for, else what the suffix of `path` says, else a table to read."""
    if format is not None:
        if format not in FORMATS:
            raise NotFound(_("No such format: {name}").format(name=format), hint([format], FORMATS))
        return format
    if path is None:
        return "table"
    form = BY_SUFFIX.get(path.suffix.lower())
    if form is None:
        what = _("The name {path} does not say which format to write").format(path=path)
        raise FileProblem(what, _("End it in .csv, .json, .jsonl, .xlsx, .parquet or .txt, or give --format"))
    return form


def _write_text(
    table: Tabular, stream: TextIO, form: str, preset: str, width: int | None, language: str | None
) -> None:
    if form == "csv":
        write_csv(table, stream, preset)
    elif form == "json":
        write_json(table, stream)
    elif form == "jsonl":
        write_json_lines(table, stream)
    else:
        show(table, stream, width=width, colour=False, language=language)


def _write_stream(table: Tabular, out: TextIO, form: str, preset: str) -> None:
    # Standard output has the terminal's encoding and, on Windows, its line ends: files of ours have neither.
    if not hasattr(out, "buffer"):
        _write_text(table, out, form, preset, None, None)
        return
    out.flush()
    text = io.TextIOWrapper(out.buffer, encoding="utf-8", newline="")
    try:
        _write_text(table, text, form, preset, None, None)
        text.flush()
    finally:
        text.detach()


def _binary(out: TextIO, refusal: str, suffix: str) -> BinaryIO:
    if out.isatty() or not hasattr(out, "buffer"):
        raise FileProblem(refusal, _("Give a file: -o FILE{suffix}").format(suffix=suffix))
    out.flush()
    binary: BinaryIO = out.buffer
    return binary
