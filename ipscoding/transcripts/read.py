"""Files to readings: find them, read them, and say which could not be read and why."""

import hashlib
import os
import unicodedata
from collections.abc import Callable, Iterable, Mapping
from dataclasses import replace
from pathlib import Path

from ipscoding.domain import Span, Transcript
from ipscoding.errors import FileProblem, IpscodingError, system_reason
from ipscoding.files import read_bytes, unreadable
from ipscoding.i18n import _
from ipscoding.language.sentences import split_sentences
from ipscoding.transcripts.formats import READERS, Reader
from ipscoding.transcripts.header import split_header
from ipscoding.transcripts.noise import find_noise
from ipscoding.transcripts.normalise import Normalised, normalise, refuse_stacked_marks, unify_line_ends
from ipscoding.transcripts.reading import MarginNote, Reading, Remark
from ipscoding.transcripts.source import Comment, Source, TimeMark
from ipscoding.transcripts.speakers import find_turns
from ipscoding.transcripts.stamps import Unstamped, take_stamps

SUFFIXES = tuple(READERS)
"""The file name suffixes of transcripts that can be read, in lower case."""

LARGEST = 20 * 1024 * 1024
"""The largest file that is read, in bytes; a document may be large because of pictures in it."""

LONGEST = 5_000_000
"""The longest text that is read, in characters: some eighty hours of speech."""

_MOST_LINES = 200_000


def read(path: Path) -> Reading:
    """Read a file of one transcript; the suffix tells the format.

    Raises `FileProblem` where the file cannot be opened, is no text, is empty, damaged or larger than `LARGEST`.
    """
    return read_all(path)[0]


def read_all(path: Path, readers: Mapping[str, Reader] = READERS) -> list[Reading]:
    """Read every transcript of one file; `readers` are the readers by suffix.

    Raises `FileProblem` as `read` does.
    """
    name = _shown(path.name)
    reader = readers.get(path.suffix.lower())
    if reader is None:
        raise _unknown_suffix(path)
    data = _bytes(path, name)
    if not data:
        raise FileProblem(
            _("{file} is empty").format(file=name), _("Save the transcript again from where it was written")
        )
    found = reader(data, name)
    sources = [(_shown(path.stem), found)] if isinstance(found, Source) else found
    if not sources:
        raise _no_text(name)
    sha256 = hashlib.sha256(data).hexdigest()
    return [reading_of(source, part, name, sha256) for part, source in sources]


def reading_of(source: Source, name: str, file: str, sha256: str) -> Reading:
    """The transcript that a source becomes, under the `name`; `file` is the file's name and `sha256` of its bytes.

    Raises `FileProblem` where the source holds no text or no writing.
    """
    if len(source.lines) > _MOST_LINES or sum(map(len, source.lines)) > LONGEST:
        raise FileProblem(
            _("{file} holds far more text than any interview").format(file=file),
            _("An interview of two hours takes 0.1 MB: check that it is a transcript, or split it"),
        )
    refuse_stacked_marks("\n".join(source.lines), file)
    header = split_header(source.lines)
    body = normalise(header.body, header.first_line)
    if not body.text:
        raise _no_text(file)
    bare = take_stamps(body.text)
    if not bare.text:
        raise _no_text(file)
    speech = find_turns(bare.text, source.speakers)
    sentences = [
        span for turn in speech.turns for span in split_sentences(bare.text, turn.speech.start, turn.speech.end)
    ]
    about_stamps = [replace(remark, line=body.lines[remark.line - 1]) for remark in bare.remarks if remark.line]
    about_speech = [
        replace(remark, line=body.lines[bare.lines[remark.line - 1]] if remark.line else None)
        for remark in [*speech.remarks, *find_noise(bare.text)]
    ]
    times = dict(sorted((_onward(body, bare, mark), mark.seconds) for mark in source.times)) | dict(bare.times)
    return Reading(
        name=name,
        transcript=Transcript(bare.text, tuple(speech.turns), tuple(sentences)),
        header={**source.header, **header.values},
        source=file,
        source_sha256=sha256,
        encoding=source.encoding,
        remarks=[
            *_about_the_encoding(source.encoding),
            *source.remarks,
            *header.remarks,
            *body.remarks,
            *about_stamps,
            *about_speech,
        ],
        times=sorted(times.items()),
        comments=[_placed(body, bare, comment) for comment in source.comments],
        to_approve=source.to_approve,
        attributes=source.attributes,
    )


def _onward(body: Normalised, bare: Unstamped, mark: TimeMark) -> int:
    """The offset of what was said from the mark on: after the last character of a line, the next line."""
    at = bare.offset(body.offset(mark.line, mark.column))
    return at + 1 if bare.text[at : at + 1] == "\n" else at


def _placed(body: Normalised, bare: Unstamped, comment: Comment) -> MarginNote:
    """A comment with its span: its quote where that stands there, else the rest of the line, at its end all of it."""
    start = body.offset(comment.line, comment.column)
    quote = normalise(unify_line_ends(comment.quote).split("\n")).text
    end = start + len(quote) if quote and body.text.startswith(quote, start) else _line_end(body.text, start)
    if start == end:
        start = body.text.rfind("\n", 0, start) + 1
    span = Span(bare.offset(start), bare.offset(end))
    return MarginNote(span, comment.text, comment.author, comment.time)


def _line_end(text: str, start: int) -> int:
    end = text.find("\n", start)
    return end if end >= 0 else len(text)


def read_many(
    paths: Iterable[Path],
    on_progress: Callable[[int, int], None] | None = None,
    readers: Mapping[str, Reader] = READERS,
) -> tuple[list[Reading], list[tuple[Path, IpscodingError]]]:
    """Read files and all files of folders; a file that cannot be read does not keep the others from being read.

    Gives the readings, and each path that failed with its error. `on_progress` hears after each file how many of how
    many are done.
    """
    files: set[Path] = set()
    readings: list[Reading] = []
    failed: list[tuple[Path, IpscodingError]] = []
    for path in paths:
        try:
            files.update(find_files([path]))
        except FileProblem as problem:
            failed.append((path, problem))
    for done, file in enumerate(sorted(files), 1):
        try:
            readings += read_all(file, readers)
        except FileProblem as problem:
            failed.append((file, problem))
        if on_progress:
            on_progress(done, len(files))
    return readings, failed


def find_files(paths: Iterable[Path]) -> list[Path]:
    """The transcripts among files and, at any depth, in folders; sorted, each once.

    In folders, hidden files, README files and files of other kinds are passed over. Raises `FileProblem` for a path
    that does not exist, a named file of another kind, a folder that cannot be listed or that holds no transcript.
    """
    found: set[Path] = set()
    for path in paths:
        if path.is_dir():
            inside = _in_folder(path)
            if not inside:
                raise FileProblem(
                    _("{folder} holds no transcripts").format(folder=_shown(str(path))), _hint_of_suffixes()
                )
            found.update(inside)
        elif not path.exists():
            raise FileProblem(
                _("{file} does not exist").format(file=_shown(str(path))), _("Check the name and the folder")
            )
        elif path.suffix.lower() not in READERS:
            raise _unknown_suffix(path)
        else:
            found.add(path)
    return sorted(found)


def passed_over(paths: Iterable[Path]) -> list[Path]:
    """The files in folders among `paths` that are of kinds which cannot be read, sorted; hidden ones are not named."""
    return sorted(
        {
            Path(parent, name)
            for folder in paths
            if folder.is_dir()
            for parent, _folders, names in os.walk(folder)
            if not any(part.startswith(".") for part in Path(parent).relative_to(folder).parts)
            for name in names
            if not name.startswith(".") and Path(name).suffix.lower() not in READERS
        }
    )


def _in_folder(folder: Path) -> list[Path]:
    def refuse(error: OSError) -> None:
        raise FileProblem(
            _("{folder} cannot be listed: {reason}").format(
                folder=_shown(str(error.filename)), reason=system_reason(error)
            )
        )

    files: list[Path] = []
    for parent, folders, names in os.walk(folder, onerror=refuse):
        folders[:] = [name for name in folders if not name.startswith(".")]
        files += [Path(parent, name) for name in names if _is_transcript(name)]
    return files


def _is_transcript(name: str) -> bool:
    stem, suffix = os.path.splitext(name.lower())  # noqa: PTH122 - names of a walk, not paths
    return suffix in READERS and stem != "readme" and not name.startswith((".", "~$"))


def _no_text(name: str) -> FileProblem:
    return FileProblem(_("{file} holds no text").format(file=name), _("Check that it is the right file"))


def _bytes(path: Path, name: str) -> bytes:
    try:
        if path.exists() and not path.is_file():
            raise FileProblem(_("{file} is not a file").format(file=name), _("Name a file with a transcript in it"))
    except OSError as error:
        raise unreadable(name, error) from error
    hint = _("An interview of two hours takes 0.1 MB: check that it is a transcript, or split it")
    return read_bytes(path, LARGEST, hint, name)


def _shown(name: str) -> str:
    """A file name as it can be stored and shown: NFC, without bytes that are no text."""
    return unicodedata.normalize("NFC", name.encode("utf-8", "replace").decode("utf-8"))


def _unknown_suffix(path: Path) -> FileProblem:
    return FileProblem(_("{file} is of a kind that cannot be read").format(file=_shown(path.name)), _hint_of_suffixes())


def _hint_of_suffixes() -> str:
    return _("Transcripts can be read from files ending in {suffixes}").format(suffixes=", ".join(SUFFIXES))


def _about_the_encoding(encoding: str) -> list[Remark]:
    if encoding.startswith("utf-"):
        return []
    message = _("read as {encoding}, which is older than Unicode: check that æ, ø and å are right")
    return [Remark("encoding", message.format(encoding=encoding))]
