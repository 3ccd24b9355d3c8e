"""How long a key takes on the coding screen, from key press to bytes out, beside an empty Textual application.

    python -m benchmarks.coding_screen [--words 10000,100000] [--codings 200,10000] [--keys 100] [--suggestions]
    python -m benchmarks.coding_screen --profile FILE [--words 100000] [--codings 10000]

Both run on pseudo-terminals of 110 × 32 and get the same keys in turn, one key to the one and then one to the other,
so that whatever else the machine does hits both. The empty application answers every key with one changed line.

For each key two times are taken: until the first whole frame is out (`first`: the cursor stands where it should), and
until the last byte (`last`: status line and panels have followed; the program has then been silent for a while).
`bytes` counts all of them, `processor` is the time the program really worked (p50; the rest is waiting for the next
sixtieth of a second, or for other programs). All are given as p50 and p95, and as what is above the
empty application. Applying a code goes through the picker; the key that is timed is the one that makes the coding
visible. Without `--suggestions` the engine is off; with it, it has gone through the interview before the first key.

The interviews are those that ship, turn after turn in another order and with words exchanged each time round.
"""

import argparse
import os
import random
import re
import statistics
import sys
import tempfile
import time
from contextlib import ExitStack
from dataclasses import dataclass, field
from pathlib import Path

from ipscoding import shipped
from ipscoding.codebook import catalogue
from ipscoding.codebook.read import read as read_codebook
from ipscoding.domain import Span, Valence, count_words
from ipscoding.project import codebooks, codings, create, documents, open_project
from ipscoding.transcripts.read import read as read_transcript
from tests.pty_example import Terminal

CODER = "Kari"
SILENT = 0.06
"""So long without a byte, in seconds, is the end of what a key leads to."""
CODE = "org.colocation"
STARTS = 7
BEFORE_THE_END = 20
"""After so many pages the shorter interview would end."""
FRAME_ENDS = b"\x1b[?2026l"
ROOT = Path(__file__).resolve().parent.parent


def interview(words: int) -> str:
    """An invented interview of so many words of informants, in which no stretch stands twice."""
    chance = random.Random(words)
    talks = [read_transcript(path).transcript for path in sorted(shipped.corpus().glob("*.txt"))]
    spoken = [
        (bool(turn.interviewer), turn.speech.of(talk.text).replace("\n", " ")) for talk in talks for turn in talk.turns
    ]
    vocabulary = re.findall(r"\w{4,}", " ".join(speech for _asks, speech in spoken))
    lines, said = [], 0
    while said < words:
        asks, speech = chance.choice(spoken)
        changed = re.sub(
            r"\w{4,}",
            lambda word: chance.choice(vocabulary) if chance.random() < 0.1 else word[0],
            speech,
        )
        lines.append(f"{'I' if asks else 'P'}: {changed}")
        said += 0 if asks else count_words(changed)
    return "\n".join(lines)


def build(folder: Path, words: int, number: int) -> Path:
    """A project with one interview and so many codings by two coders."""
    source = folder / f"p-{words}.txt"
    source.write_text(interview(words), encoding="utf-8")
    path = folder / f"{words}-{number}.ipscoding"
    chance = random.Random(number)
    with create(path, name="Benchmark", coder=CODER) as project:
        codebooks.adopt(project, read_codebook(catalogue.default_path()))
        documents.add_all(project, [read_transcript(source)])
        document = documents.all(project)[0]
        sentences = documents.transcript(project, document.id).sentences
        # the code that is applied later is on no passage yet, so that applying it always makes a coding
        active = [code for code in codebooks.load(project).active() if code.id != CODE]
        wanted = {}
        while len(wanted) < number:
            first = chance.randrange(len(sentences))
            last = min(first + chance.choice((0, 0, 0, 1, 1, 2)), len(sentences) - 1)
            code = chance.choice(active)
            valence = chance.choice([valence for valence in Valence if code.allows(valence)])
            span = Span(sentences[first].start, sentences[last].end)
            coder = chance.choice((CODER, CODER, "Ola"))
            wanted[span, code.id, coder] = codings.NewCoding(
                document.id, span, code.id, valence, coder=None if coder == CODER else coder
            )
        codings.add_many(project, wanted.values())
    return path


# The two programs


def be_empty(told: int) -> None:
    """An application with one line that changes at every key."""
    from textual import events
    from textual.app import App, ComposeResult
    from textual.widgets import Static

    class Empty(App[None]):
        keys = 0

        def compose(self) -> ComposeResult:
            yield Static("turn 0", id="line")

        def on_key(self, event: events.Key) -> None:
            self.keys += 1
            self.query_one(Static).update(f"turn {self.keys}", layout=False)

    os.write(told, f"{time.perf_counter()}\n".encode())
    Empty().run()


def be_coding(path: Path, told: int, *, suggestions: bool, profile: Path | None) -> None:
    """The coding screen as the program opens it."""
    from ipscoding.tui.app import IpscodingApp
    from ipscoding.tui.widgets.assistant import make_engine

    os.write(told, f"{time.perf_counter()}\n".encode())
    with open_project(path, coder=CODER) as project:
        app = IpscodingApp(project, make=make_engine if suggestions else None)
        if profile is None:
            app.run()
            return
        import cProfile

        watch = cProfile.Profile()
        watch.runcall(app.run)
        watch.dump_stats(profile)


@dataclass
class Program:
    """One of the two on its terminal; `begun` is when it had imported everything and began to run."""

    terminal: Terminal
    begun: float
    shown: float

    @property
    def start_ms(self) -> float:
        """From the start of the process until the first line can be read."""
        return (self.shown - self.terminal.started) * 1000

    @property
    def paint_ms(self) -> float:
        """The same, without the imports."""
        return (self.shown - self.begun) * 1000


def start(stack: ExitStack, *arguments: str) -> Program:
    """Start one of the programs and wait until it shows its first line."""
    told, tells = os.pipe()
    command = [sys.executable, "-m", "benchmarks.coding_screen", "--tell", str(tells), *arguments]
    terminal = stack.enter_context(
        Terminal(command, env={"PYTHONPATH": str(ROOT), "IPSCODING_LANG": "en"}, handed_on=[tells])
    )
    os.close(tells)
    if not terminal.wait_for(lambda said: b"turn " in said, 60):
        raise SystemExit(f"nothing was shown: {terminal.said[-2000:]!r}")
    shown = time.perf_counter()
    begun = float(os.read(told, 100))
    os.close(told)
    return Program(terminal, begun, shown)


# Keys and times


@dataclass
class Times:
    """What the presses of one key took, in milliseconds, and how many bytes they led to."""

    first: list[float] = field(default_factory=list)
    last: list[float] = field(default_factory=list)
    sizes: list[int] = field(default_factory=list)
    work: list[float] = field(default_factory=list)

    def take(self, program: Program, key: str) -> None:
        terminal = program.terminal
        while terminal.read(0):  # what came by itself meanwhile is not this key's
            pass
        worked = processor_ms(terminal.pid)
        begin = time.perf_counter()
        terminal.press(key)
        chunk = terminal.read(2)
        first = last = 0.0
        size, heard = 0, b""
        while chunk:
            last = time.perf_counter()
            size += len(chunk)
            heard += chunk
            if not first and FRAME_ENDS in heard:
                first = last
            chunk = terminal.read(SILENT)
        if size:
            self.first.append(((first or last) - begin) * 1000)
            self.last.append((last - begin) * 1000)
            self.sizes.append(size)
            self.work.append(processor_ms(terminal.pid) - worked)


def processor_ms(pid: int) -> float:
    """How much processor time a program has had so far, in all its threads."""
    taken = sum(int(stat.read_text().split()[0]) for stat in Path(f"/proc/{pid}/task").glob("*/schedstat"))
    return taken / 1e6


def share(values: list[float], part: float) -> float:
    """The value that `part` of `values` do not exceed; nan where there are none."""
    ordered = sorted(values)
    return ordered[min(int(part * len(ordered)), len(ordered) - 1)] if ordered else float("nan")


def count(path: Path) -> int:
    with open_project(path, coder=CODER) as project:
        return int(project.value("SELECT count(*) FROM codings"))


def apply_keys(coding: Program, path: Path) -> list[str]:
    """The keys from a selected sentence to a coding, found by trying: with or without a question after the picker."""
    before = count(path)
    terminal = coding.terminal
    keys: list[str] = []
    for key in ("c", CODE, "enter", "f"):
        terminal.press(key)
        terminal.quiet(0.4)
        keys.append(key)
        if count(path) > before:
            terminal.press("u")
            terminal.quiet(0.4)
            return keys
    raise SystemExit("no code could be applied")


def measure(path: Path, keys: int, *, suggestions: bool) -> dict[str, tuple[Times, Times]]:
    """Each kind of key: its times on the coding screen, and on the empty application beside it."""
    found: dict[str, tuple[Times, Times]] = {}
    with ExitStack() as stack:
        extra = ("--suggestions",) if suggestions else ()
        coding = start(stack, "--coding", str(path), *extra)
        empty = start(stack, "--empty")
        _wait_for_engine(coding, path, suggestions)
        coding.terminal.quiet(0.5)
        empty.terminal.quiet(0.5)

        def both(name: str, key: str) -> None:
            here, there = found.setdefault(name, (Times(), Times()))
            here.take(coding, key)
            there.take(empty, "x")

        def to_the_top() -> None:
            coding.terminal.press("ctrl+home")
            coding.terminal.quiet(0.3)

        for name in ("right", "down", "pagedown"):
            for turn in range(keys):
                if turn % BEFORE_THE_END == 0:
                    to_the_top()
                both(name, name)
        to_the_top()
        *before, last = apply_keys(coding, path)
        times, known = max(keys // 3, 10), count(path)
        for _turn in range(times):
            coding.terminal.press("right")
            coding.terminal.quiet(SILENT)
            for key in before:
                coding.terminal.press(key)
                coding.terminal.quiet(0.15)
            both("apply a code", last)
        made = count(path) - known
        for _turn in range(times):
            both("undo", "u")
        undone = known + made - count(path)
        if (made, undone) != (times, times):
            print(f"  not all keys did their work: {made} codings made, {undone} undone, of {times}")
    return found


def _wait_for_engine(coding: Program, path: Path, suggestions: bool) -> None:
    if not suggestions:
        return
    if not coding.terminal.wait_for(lambda said: bool(re.search(rb"\d+ suggestions", said)), 300):
        raise SystemExit(f"{path.name}: the engine was not ready in five minutes")
    coding.terminal.quiet(3, 60)


def first_paint(path: Path, *, suggestions: bool) -> None:
    """Print how long both programs take until they show something, started in turn."""
    rows: dict[str, list[Program]] = {"coding": [], "empty": []}
    extra = ("--suggestions",) if suggestions else ()
    for _turn in range(STARTS):
        for name, arguments in (("coding", ("--coding", str(path), *extra)), ("empty", ("--empty",))):
            with ExitStack() as stack:
                rows[name].append(start(stack, *arguments))
    for title, of in (("start to text", "start_ms"), ("first paint", "paint_ms")):
        here, there = (statistics.median(getattr(program, of) for program in rows[name]) for name in rows)
        print(f"  {title:<14} {here:8.0f} ms   empty {there:6.0f} ms   above {here - there:6.0f} ms")


def report(found: dict[str, tuple[Times, Times]]) -> None:
    titles = ("first frame p50 / p95", "above", "last byte p50 / p95", "above", "bytes", "processor", "above")
    widths = (24, 14, 24, 14, 15, 12, 8)
    print(" " * 17 + " ".join(title.rjust(width) for title, width in zip(titles, widths, strict=True)))
    for name, (here, there) in found.items():
        cells = []
        for mine, floor in ((here.first, there.first), (here.last, there.last)):
            p50, p95 = share(mine, 0.5), share(mine, 0.95)
            cells.append(f"{p50:10.1f} / {p95:6.1f} ms")
            cells.append(f"{p50 - share(floor, 0.5):+6.1f} / {p95 - share(floor, 0.95):+5.1f}")
        sizes = [float(size) for size in here.sizes]
        print(
            f"  {name:<14} {cells[0]:>24} {cells[1]:>14} {cells[2]:>24} {cells[3]:>14}"
            f" {share(sizes, 0.5):7.0f} / {share(sizes, 0.95):5.0f}"
            f" {share(here.work, 0.5):9.1f} ms {share(here.work, 0.5) - share(there.work, 0.5):+8.1f}"
        )
    floors = [time for _here, there in found.values() for time in there.last]
    print(f"  {'empty':<14} {share(floors, 0.5):10.1f} / {share(floors, 0.95):6.1f} ms")


def profile(path: Path, keys: int, target: Path) -> None:
    """Run the coding screen under cProfile while it is used, and print what took most of its time."""
    import pstats

    with ExitStack() as stack:
        coding = start(stack, "--coding", str(path), "--profile", str(target))
        coding.terminal.quiet(0.5)
        for name in ("right", "down", "pagedown"):
            for _turn in range(keys):
                coding.terminal.press(name)
                coding.terminal.quiet(SILENT)
        for _turn in range(keys // 5):
            for key in ("right", "c", CODE, "enter", "f"):
                coding.terminal.press(key)
                coding.terminal.quiet(0.15)
        coding.terminal.press("q")
        coding.terminal.quiet(1.0)
        while not target.exists():
            time.sleep(0.1)
        time.sleep(0.5)
    pstats.Stats(str(target)).sort_stats("cumulative").print_stats("ipscoding", 45)


def main() -> None:
    options = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    options.add_argument("--words", default="10000,100000")
    options.add_argument("--codings", default="200,10000")
    options.add_argument("--keys", type=int, default=100, help="presses of each key")
    options.add_argument("--suggestions", action="store_true", help="with the engine, loaded before the first key")
    options.add_argument("--profile", type=Path, metavar="FILE", help="profile instead of measuring")
    options.add_argument("--tell", type=int, help=argparse.SUPPRESS)
    options.add_argument("--empty", action="store_true", help=argparse.SUPPRESS)
    options.add_argument("--coding", type=Path, help=argparse.SUPPRESS)
    given = options.parse_args()
    if given.empty:
        return be_empty(given.tell)
    if given.coding:
        return be_coding(given.coding, given.tell, suggestions=given.suggestions, profile=given.profile)
    with tempfile.TemporaryDirectory() as folder:
        for words in map(int, given.words.split(",")):
            for number in map(int, given.codings.split(",")):
                path = build(Path(folder), words, number)
                engine = "engine loaded before" if given.suggestions else "engine off"
                print(f"{words} words, {number} codings, {engine}", flush=True)
                if given.profile:
                    profile(path, given.keys, given.profile)
                    continue
                first_paint(path, suggestions=given.suggestions)
                report(measure(path, given.keys, suggestions=given.suggestions))
    return None


if __name__ == "__main__":
    main()
