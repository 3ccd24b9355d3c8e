"""A power cut in the middle of a coding session: whatever was shown is in the file.

`python -m tests.test_tui_kill 100 [SEED]` does it a hundred times.
"""

import random
import re
import sqlite3
import sys
import tempfile
import time
from collections.abc import Iterator
from contextlib import closing
from dataclasses import dataclass, field
from pathlib import Path

from ipscoding.project import open_project
from ipscoding.project.check import check
from tests.pty_example import Terminal
from tests.tui_example import make

CODES = ("org.colocation", "nav.waiting", "spec.persistence")
LONGEST = 2.5
"""The latest moment of the cut, in seconds after the first key."""
SETTLED = 0.05


@dataclass
class Session:
    """What one session until the cut showed, and what the file held whenever a coding more was shown."""

    shown: list[int] = field(default_factory=list)
    held: set[tuple[object, ...]] = field(default_factory=set)
    lost: list[str] = field(default_factory=list)
    keys: int = 0


def in_file(path: Path) -> set[tuple[object, ...]]:
    """All codings in the file, read without opening the project: looking must change nothing."""
    with closing(sqlite3.connect(f"{path.as_uri()}?mode=ro", uri=True)) as db:
        return set(db.execute("SELECT id, start, end, code, valence FROM codings"))


def counts(said: bytes) -> list[int]:
    """The numbers of codings that the status line has said, one after the other."""
    return [int(number) for number in re.findall(rb" (\d+) codings? ", said)]


def keys(chance: random.Random) -> Iterator[str]:
    """What a coder presses: to some sentence, a code through the picker, its valence, now and then another one."""
    while True:
        for _step in range(chance.randrange(1, 4)):
            yield "right"
        if chance.random() < 0.3:
            yield "shift+right"
        yield from ("c", chance.choice(CODES), "enter", chance.choice("bfg0"))
        if chance.random() < 0.3:
            yield chance.choice("bfg0")


def session(path: Path, chance: random.Random) -> Session:
    """Code until the cut, which comes at a random moment: between keys, in a picker, in the middle of painting."""
    found = Session()
    command = [sys.executable, "-m", "ipscoding", "open", str(path), "--document", "p01"]
    env = {"IPSCODING_CODER": "Kari", "IPSCODING_LANG": "en", "IPSCODING_HOME": str(path.parent / "home")}
    with Terminal(command, env=env) as terminal:
        assert terminal.wait_for(lambda said: bool(counts(said))), terminal.said[-500:]
        terminal.quiet(SETTLED)
        found.shown.append(counts(terminal.said)[-1])
        cut = time.perf_counter() + chance.uniform(0.02, LONGEST)
        for key in keys(chance):
            terminal.press(key)
            found.keys += 1
            while time.perf_counter() < cut and terminal.read(min(SETTLED, max(cut - time.perf_counter(), 0))):
                _look(found, terminal, path)
            if time.perf_counter() >= cut:
                break
        terminal.kill()
        terminal.quiet(SETTLED)  # what it had written before the cut, a coder would have seen
        found.shown += counts(terminal.said)[-1:]
    return found


def _look(found: Session, terminal: Terminal, path: Path) -> None:
    """Where a coding more is shown, look at once whether it is in the file."""
    n = counts(terminal.said)[-1]
    if n != found.shown[-1]:
        found.shown.append(n)
        now = in_file(path)
        if len(now) < n:
            found.lost.append(f"{n} shown, {len(now)} in the file")
        found.held = now


def cut_once(path: Path, chance: random.Random) -> Session:
    """One session and its end; raises `AssertionError` where anything that was shown is not there afterwards."""
    before = in_file(path)
    found = session(path, chance)
    after = in_file(path)
    assert found.shown[0] == len(before)
    assert not found.lost, found.lost
    assert len(after) >= found.shown[-1], (len(after), found.shown)
    assert {one[0] for one in before | found.held} <= {one[0] for one in after}
    with open_project(path, coder="Kari") as project:
        assert [one.name for one in check(project) if one.found] == []
    return found


def test_every_coding_that_was_shown_survives_a_cut_at_any_moment(tmp_path: Path) -> None:
    with closing(make(tmp_path)) as project:
        path = project.path
    chance = random.Random(7)
    sessions = [cut_once(path, chance) for _round in range(4)]
    assert max(found.shown[-1] for found in sessions) > 0


def main() -> None:
    times, seed = int(sys.argv[1]), int(sys.argv[2]) if len(sys.argv) > 2 else 1
    chance = random.Random(seed)
    made = pressed = 0
    with tempfile.TemporaryDirectory() as folder:
        for number in range(times):
            here = Path(folder) / str(number // 10)  # every tenth time a new file, the others on what the last one left
            if not here.exists():
                here.mkdir()
                with closing(make(here)) as project:
                    path = project.path
            found = cut_once(path, chance)
            made += found.shown[-1] - found.shown[0]
            pressed += found.keys
    print(f"{times} cuts, {pressed} keys, {made} codings shown, none lost")  # noqa: T201


if __name__ == "__main__":
    main()
