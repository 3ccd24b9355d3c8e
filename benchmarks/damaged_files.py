"""Damages files over all readers, and counts what comes of it: read, refused, slow, too much memory, crashed.

    python -m benchmarks.damaged_files --n 10000 [--seed S] [--only WORD] [--jobs 2]

Each file is read in a child process. Slow is more than 10 seconds of processor time; after 60 seconds on the clock the
child is ended. A file that is refused must be refused with one of the errors of `ipscoding.errors`; everything else is
a crash and is listed with the name and the seed that make the same file again (`--only NAME --one SEED`). Another
reader joins in by a line in `SUBJECTS`.
"""

import argparse
import contextlib
import io
import multiprocessing
import random
import re
import resource
import shutil
import sqlite3
import sys
import tempfile
import time
import traceback
import zipfile
from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass
from multiprocessing.connection import Connection, wait
from pathlib import Path

from ipscoding.errors import IpscodingError

SAMPLES = Path(__file__).parent.parent / "tests" / "samples"
SECONDS = 10.0
PATIENCE = 60.0
MEMORY = 1024**3
_GROWN = 2 * 1024 * 1024


@dataclass(frozen=True)
class Subject:
    """A good file and the function that reads it from a path."""

    sample: Path
    read: Callable[[Path], object]

    @property
    def name(self) -> str:
        return self.sample.name


def read_transcript(path: Path) -> object:
    from ipscoding.transcripts.read import read_all

    return read_all(path)


def subjects() -> list[Subject]:
    """Every reader with every sample there is for it."""
    from ipscoding.transcripts.read import SUFFIXES

    found = [
        Subject(path, read_transcript)
        for path in sorted(SAMPLES.rglob("*"))
        if path.suffix in SUFFIXES and path.name != "README.md" and "peers" not in path.parts
    ]
    return [*found, *(Subject(SAMPLES / sample, read) for sample, read in SUBJECTS.items())]


def peer(form: str, beside: str = "", *, folder: bool = False, **options: str) -> Callable[[Path], object]:
    """A reader of another program's project, which is then landed in a project of ours, but not kept.

    `beside` is the folder under `tests/samples` whose other files lie beside the damaged one; with `folder`, the reader
    gets the folder and not the file.
    """

    def read(path: Path) -> object:
        from ipscoding.exchange.foreign.formats import read_foreign
        from ipscoding.exchange.foreign.land import land
        from ipscoding.project import create

        with tempfile.TemporaryDirectory(dir=path.parent) as name:
            place = Path(name, "study")
            if beside:
                shutil.copytree(SAMPLES / beside, place)
            place.mkdir(exist_ok=True)
            (place / path.name).write_bytes(path.read_bytes())
            given = {key: str(place / value) if key == "documents" else value for key, value in options.items()}
            study = read_foreign(place if folder else place / path.name, form, given)
            with create(Path(name, "ours.ipscoding"), name="ours", coder="kari") as project:
                return land(project, study, path.name)

    return read


SUBJECTS: dict[str, Callable[[Path], object]] = {
    "refi/study.qdpx": peer("qdpx"),
    "refi/codes.qdc": peer("qdc"),
    "peers/taguette.sqlite3": peer("taguette", name="IPS i nord"),
    "peers/made/studie.qda/data.qda": peer("qualcoder"),
    "peers/qc/qualitative_coding.sqlite3": peer("qc", "peers/qc", folder=True),
    "peers/qc/codebook.yaml": peer("qc", "peers/qc", folder=True),
    "peers/qc/settings.yaml": peer("qc", "peers/qc", folder=True),
    "peers/made/brat/p01.ann": peer("brat", "peers/made/brat"),
    "peers/made/brat/annotation.conf": peer("brat", "peers/made/brat", folder=True),
    "peers/made/cas/p01.json": peer("cas"),
    "peers/made/cas/p01.xmi": peer("cas", "peers/made/cas"),
    "peers/made/cas/TypeSystem.xml": peer("cas", "peers/made/cas", folder=True),
    "peers/made/excerpts/segments.csv": peer("excerpts", "peers/made/excerpts", documents="interviews"),
    "peers/made/excerpts/segments.xlsx": peer("excerpts", "peers/made/excerpts", documents="interviews"),
}
"""Readers that are no transcripts' readers, by the sample (under `tests/samples`) that they read."""


def damaged(data: bytes, chance: random.Random) -> bytes:
    """The bytes of a file after one to four things that happen to files, or that somebody does to them."""
    if data.startswith(b"PK\x03\x04") and chance.random() < 0.7:
        return _damaged_parts(data, chance)
    if data.startswith(b"SQLite format 3") and chance.random() < 0.7:
        return _damaged_cells(data, chance)
    for _time in range(chance.choice((1, 1, 1, 2, 4))):
        data = chance.choice(_DAMAGES)(data, chance)
    return data


def _damaged_parts(data: bytes, chance: random.Random) -> bytes:
    """A zip archive that is whole, of which a part is damaged, missing or grown."""
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        parts = {entry.filename: archive.read(entry) for entry in archive.infolist()}
    telling = [name for name in parts if name.endswith((".xml", ".rels"))] or list(parts)
    victim = chance.choice(telling)
    match chance.randrange(8):
        case 0:
            del parts[victim]
        case 1:
            parts[victim] = parts[chance.choice(list(parts))]
        case _:
            for _time in range(chance.choice((1, 1, 2))):
                parts[victim] = chance.choice(_DAMAGES)(parts[victim], chance)
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, part in parts.items():
            archive.writestr(name, part)
    return packed.getvalue()


def _damaged_cells(data: bytes, chance: random.Random) -> bytes:
    """A database that is whole, of which cells hold what no program would write, or a table or column is gone."""
    db = sqlite3.connect(":memory:")
    db.deserialize(data)
    db.execute("PRAGMA foreign_keys = OFF")
    tables = [name for (name,) in db.execute("SELECT name FROM sqlite_master WHERE type = 'table'")]
    filled = [name for name in tables if db.execute(f'SELECT 1 FROM "{name}"').fetchone()]
    for _time in range(chance.choice((1, 1, 2, 8))):
        table = chance.choice(filled)
        column = chance.choice([row[1] for row in db.execute(f'PRAGMA table_info("{table}")')])
        with contextlib.suppress(sqlite3.Error):
            match chance.randrange(12):
                case 0:
                    db.execute(f'DROP TABLE "{table}"')
                    filled.remove(table)
                case 1:
                    db.execute(f'ALTER TABLE "{table}" DROP COLUMN "{column}"')
                case 2:
                    db.execute(f'DELETE FROM "{table}" WHERE random() % 2')
                case _:
                    where = chance.choice(("", " WHERE random() % 2"))
                    db.execute(f'UPDATE OR REPLACE "{table}" SET "{column}" = ?{where}', (chance.choice(_CELLS),))
        if not filled:
            break
    db.commit()
    return db.serialize()


_CELLS = (
    None, 0, 1, 2, -1, 2**62, 1.5, float("inf"), "", "x", "1", b"\xff\xfe", b"\0", "\0", "a.b.c", "..", "e\u0301" * 3,
    "<p>" * 5000, "<" * 5000, "[1]", "{", '{"type": "highlight_add", "highlight_id": 1, "tags": [1, "x"]}',
    "../../etc/passwd", "2026-99-99", "9999-12-31 23:59:59", "0001-01-01", "\n", "\r\n" * 50, "å" * 100_000,
)  # fmt: skip


def _place(data: bytes, chance: random.Random) -> tuple[int, int]:
    start = chance.randrange(len(data) + 1)
    return start, min(len(data), start + chance.choice((1, 2, 8, 64, 1024)))


def _flip(data: bytes, chance: random.Random) -> bytes:
    changed = bytearray(data)
    for _time in range(chance.choice((1, 3, 20)) if data else 0):
        changed[chance.randrange(len(data))] = chance.randrange(256)
    return bytes(changed)


def _cut_short(data: bytes, chance: random.Random) -> bytes:
    return data[: chance.randrange(len(data) + 1)]


def _take_out(data: bytes, chance: random.Random) -> bytes:
    start, end = _place(data, chance)
    return data[:start] + data[end:]


def _put_in(data: bytes, chance: random.Random) -> bytes:
    start, _end = _place(data, chance)
    return data[:start] + chance.choice(_THINGS) + data[start:]


def _repeat(data: bytes, chance: random.Random) -> bytes:
    start, end = _place(data, chance)
    times = min(chance.choice((2, 10, 1000, 100_000)), _GROWN // max(end - start, 1))
    return data[:start] + data[start:end] * times + data[end:]


def _swap(data: bytes, chance: random.Random) -> bytes:
    (start, end), (other, _until) = sorted((_place(data, chance), _place(data, chance)))
    return data[:start] + data[other:] + data[end:other] + data[start:end]


def _numbers(data: bytes, chance: random.Random) -> bytes:
    found = list(re.finditer(rb"\d+", data))
    if not found:
        return data
    number = chance.choice(found)
    return data[: number.start()] + chance.choice(_NUMBERS) + data[number.end() :]


def _names(data: bytes, chance: random.Random) -> bytes:
    """One name in the file becomes another one of it: tags, keys, references."""
    found = list(re.finditer(rb"[A-Za-z][\w:.-]{1,20}", data))
    if not found:
        return data
    one, other = chance.choice(found), chance.choice(found)
    return data[: one.start()] + other[0] + data[one.end() :]


_THINGS = (
    b"\0", b"\xff\xfe", b"\xed\xa0\x80", b"\xef\xbb\xbf", b"\r", b"<", b">", b"&", b"&#0;", b"&#x10FFFF;", b"{", b"}",
    b"[" * 5000, b"{" * 5000, b"<p>" * 5000, b"<table><tr><td>" * 2000, b"\\'", b"\\u-1?", b"\\bin99999999 ", b'"',
    b"e\xcc\x81" + b"\xcc\x81" * 400, b"NaN", b"1e999", b"-->", b"]]>", b"stream\n", b"endobj\n", b"/Kids [1 0 R]",
    b'<!DOCTYPE a [<!ENTITY b "c">]>', b"<!--", b"<script>", b"\xe2\x80\xae", b"\xf0\x9f\x98\x80", b"00:00:01",
)  # fmt: skip
_NUMBERS = (b"0", b"-1", b"1", b"65536", b"99999999", b"4294967296", b"9" * 30, b"1e400", b"0.5")
_DAMAGES = (_flip, _flip, _cut_short, _take_out, _put_in, _put_in, _repeat, _swap, _numbers, _names)


def outcome(subject: Subject, data: bytes, folder: Path) -> tuple[str, str]:
    """What comes of reading the bytes: `ok`, `refused` or `crashed`, and where."""
    path = folder / subject.name
    path.write_bytes(data)
    try:
        subject.read(path)
    except IpscodingError as problem:
        return "refused", type(problem).__name__
    except Exception as error:  # noqa: BLE001 - whatever comes out is what is looked for
        where = traceback.extract_tb(error.__traceback__)[-1]
        return "crashed", f"{type(error).__name__} in {Path(where.filename).name}:{where.lineno}"
    return "ok", ""


def _work(jobs: Connection) -> None:
    resource.setrlimit(resource.RLIMIT_AS, (3 * MEMORY, 3 * MEMORY))
    everything = subjects()
    with tempfile.TemporaryDirectory() as folder:
        while True:
            which, seed = jobs.recv()
            data = damaged(everything[which].sample.read_bytes(), random.Random(seed))
            before = time.process_time()
            result, detail = outcome(everything[which], data, Path(folder))
            peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss * 1024
            jobs.send((result if peak <= MEMORY else "memory", detail, time.process_time() - before))


class _Worker:
    def __init__(self) -> None:
        self.pipe, theirs = multiprocessing.Pipe()
        self.process = multiprocessing.get_context("spawn").Process(target=_work, args=(theirs,), daemon=True)
        self.process.start()
        theirs.close()
        self.job: tuple[int, str] | None = None
        self.since = 0.0

    def give(self, job: tuple[int, str]) -> None:
        self.job, self.since = job, time.monotonic()
        self.pipe.send(job)

    def end(self) -> None:
        self.process.kill()
        self.process.join()
        self.pipe.close()


def run(n: int, seed: str, only: str, jobs: int) -> int:
    """Read `n` damaged files and print what came of them; gives how many were not simply read or refused."""
    everything = subjects()
    chosen = [index for index, subject in enumerate(everything) if only in subject.name]
    if not chosen:
        sys.exit(f"no sample is called {only}")
    left = [(chosen[number % len(chosen)], f"{seed}-{number}") for number in range(n)][::-1]
    counts: dict[str, Counter[str]] = {everything[index].name: Counter() for index in chosen}
    slowest: dict[str, float] = dict.fromkeys(counts, 0.0)
    bad: list[str] = []
    workers = [_Worker() for _number in range(jobs)]
    while left or any(worker.job for worker in workers):
        for number, worker in enumerate(workers):
            if worker.job is None and left:
                worker.give(left.pop())
            if worker.job and time.monotonic() - worker.since > PATIENCE:
                worker.end()
                _told(worker.job, "slow", "", PATIENCE, everything, counts, slowest, bad)
                workers[number] = _Worker()
        busy = [worker for worker in workers if worker.job]
        for ready in wait([worker.pipe for worker in busy], timeout=1):
            worker = next(worker for worker in busy if worker.pipe is ready)
            assert worker.job is not None
            try:
                result, detail, seconds = worker.pipe.recv()
            except EOFError:
                result, detail, seconds = "killed", "", 0.0
            if result in ("ok", "refused") and seconds > SECONDS:
                result = "slow"
            _told(worker.job, result, detail, seconds, everything, counts, slowest, bad)
            worker.job = None
            if result in ("killed", "memory"):
                worker.end()
                workers[workers.index(worker)] = _Worker()
    for worker in workers:
        worker.end()
    _print(counts, slowest, bad)
    return len(bad)


def _told(
    job: tuple[int, str],
    result: str,
    detail: str,
    seconds: float,
    everything: list[Subject],
    counts: dict[str, Counter[str]],
    slowest: dict[str, float],
    bad: list[str],
) -> None:
    name = everything[job[0]].name
    counts[name][result] += 1
    slowest[name] = max(slowest[name], seconds)
    if result not in ("ok", "refused"):
        bad.append(f"{name} {job[1]}: {result} {detail}")


def _print(counts: dict[str, Counter[str]], slowest: dict[str, float], bad: list[str]) -> None:
    kinds = ("ok", "refused", "slow", "memory", "killed", "crashed")
    print(f"{'sample':28}" + "".join(f"{kind:>9}" for kind in kinds) + f"{'slowest':>10}")
    for name, counted in counts.items():
        print(f"{name:28}" + "".join(f"{counted[kind]:9}" for kind in kinds) + f"{slowest[name]:8.2f} s")
    total = sum(counts.values(), Counter[str]())
    print(f"{'all':28}" + "".join(f"{total[kind]:9}" for kind in kinds) + f"{max(slowest.values()):8.2f} s")
    for line in bad[:50]:
        print(line)


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--n", type=int, default=1000)
    parser.add_argument("--seed", default="1")
    parser.add_argument("--only", default="")
    parser.add_argument("--one", help="read the file of this seed here, and show the traceback")
    parser.add_argument("--jobs", type=int, default=2)
    given = parser.parse_args()
    if given.one:
        subject = next(subject for subject in subjects() if given.only in subject.name)
        with tempfile.TemporaryDirectory() as folder:
            path = Path(folder, subject.name)
            path.write_bytes(damaged(subject.sample.read_bytes(), random.Random(given.one)))
            print(subject.read(path))
        return
    sys.exit(min(run(given.n, given.seed, given.only, given.jobs), 1))


if __name__ == "__main__":
    main()
