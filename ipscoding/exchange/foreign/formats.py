"""The forms in which other programs' projects can be read, by name; the form of a file is told from the file."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from pathlib import Path

from ipscoding.analysis.names import hint
from ipscoding.errors import FileProblem, NotFound
from ipscoding.exchange.foreign.brat import is_brat, read_brat
from ipscoding.exchange.foreign.cas import is_cas, read_cas
from ipscoding.exchange.foreign.excerpts import is_excerpts, read_excerpts
from ipscoding.exchange.foreign.project import ForeignProject
from ipscoding.exchange.foreign.qualcoder import is_qualcoder, read_qualcoder
from ipscoding.exchange.foreign.qualitative_coding import is_qualitative_coding, read_qualitative_coding
from ipscoding.exchange.foreign.taguette import is_taguette, read_taguette
from ipscoding.files import unreadable
from ipscoding.i18n import N_, _

Options = Mapping[str, str]
"""What the user says about how a file is to be read, by name; a form takes what it knows.

`project` is the project file that the file is read for: a form that needs the interviews in it finds them there.
"""


_COLUMN = "column:"
"""What the names of options about columns begin with: `column:code` is what the column of codes is called."""


@dataclass(frozen=True, slots=True)
class Form:
    """One form: what it is (to be translated), how it is recognised, and how it is read.

    `recognises` gets the path and the first bytes of the file (none for a folder) and must be cheap. `read` gets the
    path and the options; it raises `FileProblem` in one line for everything that it cannot read. `options` are the
    names of the options that it takes.
    """

    about: str
    recognises: Callable[[Path, bytes], bool]
    read: Callable[[Path, Options], ForeignProject]
    options: tuple[str, ...] = ()


def _qdpx(path: Path, head: bytes) -> bool:
    return path.suffix.lower() == ".qdpx" or (path.suffix.lower() == ".qde" and head[:1] in b"<\xef\xff\xfe")


def _qdc(path: Path, _head: bytes) -> bool:
    return path.suffix.lower() == ".qdc"


def _read_qdpx(path: Path, options: Options) -> ForeignProject:
    from ipscoding.exchange.foreign.refi_in import read_project

    return read_project(path, options.get("offsets", ""))


def _read_qdc(path: Path, _options: Options) -> ForeignProject:
    from ipscoding.exchange.foreign.refi_in import read_codebook

    return read_codebook(path)


def _read_excerpts(path: Path, options: Options) -> ForeignProject:
    project, folder = options.get("project", ""), options.get("documents", "")
    return read_excerpts(
        path,
        named(options),
        project=Path(project) if project else None,
        folder=Path(folder) if folder else None,
        by=options.get("by", ""),
    )


FORMS: dict[str, Form] = {
    "qdpx": Form(N_("REFI-QDA project, from NVivo, ATLAS.ti, MAXQDA, QualCoder, ..."), _qdpx, _read_qdpx, ("offsets",)),
    "qdc": Form(N_("REFI-QDA codebook"), _qdc, _read_qdc),
    "taguette": Form(
        N_("A Taguette database (.sqlite3)"),
        is_taguette,
        lambda path, options: read_taguette(path, options.get("name", ""), options.get("by", "")),
        ("name", "by"),
    ),
    "qualcoder": Form(
        N_("A QualCoder project (a .qda folder)"), is_qualcoder, lambda path, _options: read_qualcoder(path)
    ),
    "qc": Form(
        N_("A qualitative-coding project (a folder with settings.yaml)"),
        is_qualitative_coding,
        lambda path, _options: read_qualitative_coding(path),
    ),
    "brat": Form(
        N_("Texts annotated with brat (.ann beside .txt, or a folder of them)"),
        is_brat,
        lambda path, options: read_brat(path, options.get("by", "")),
        ("by",),
    ),
    "cas": Form(
        N_("Annotations from INCEpTION or another UIMA tool (CAS as .json or .xmi, or a folder of them)"),
        is_cas,
        lambda path, options: read_cas(path, named(options), options.get("by", "")),
        ("by", "column"),
    ),
    "excerpts": Form(
        N_("A table of coded excerpts from NVivo, MAXQDA, Dedoose or Taguette (.csv or .xlsx)"),
        is_excerpts,
        _read_excerpts,
        ("by", "column", "documents"),
    ),
}
"""Every form that can be read. The first one that recognises a file reads it."""


def named(options: Options) -> dict[str, str]:
    """What the user says about columns or features: what is meant, to what it is called in the file."""
    return {key.removeprefix(_COLUMN): value for key, value in options.items() if key.startswith(_COLUMN)}


def form_of(path: Path) -> str:
    """The name of the form that the file or folder at `path` is in.

    Raises `FileProblem` where it cannot be opened, `NotFound` where it is in none of the `FORMS`.
    """
    head = b""
    try:
        if not path.is_dir():
            with path.open("rb") as file:
                head = file.read(4096)
    except OSError as error:
        raise unreadable(path, error) from error
    for name, form in FORMS.items():
        if form.recognises(path, head):
            return name
    raise NotFound(
        _("{file} is in no form that is known").format(file=path.name),
        _("Say with --from which it is: {names}").format(names=", ".join(FORMS)),
    )


def read_foreign(path: Path, form: str | None = None, options: Options | None = None) -> ForeignProject:
    """The project in the file or folder at `path`, in `form` (default: told from the file).

    Raises `NotFound` for an unknown form, `FileProblem` for a file that cannot be read in it.
    """
    if form is not None and form not in FORMS:
        raise NotFound(_("No such form: {name}").format(name=form), hint([form], FORMS))
    if not path.exists():
        raise FileProblem(_("{file} does not exist").format(file=path), _("Check the name and the folder"))
    return FORMS[form or form_of(path)].read(path, options or {})
