"""Regular expressions looked for in a process of their own, so that one that never ends can be ended.

Python matches an expression without ever letting another thread run: `(a+)+b` would stop a whole screen for hours.
"""

import json
import queue
import subprocess
import sys
import threading
from collections.abc import Callable, Iterable
from contextlib import suppress
from time import monotonic
from typing import IO, Self

from ipscoding.domain import Span
from ipscoding.errors import IpscodingError
from ipscoding.i18n import _

_TICK_SECONDS = 0.1
# Reads the expression, then texts with stretches to look in; answers each with what was found there.
_MATCHER = """
import json, re, sys
pattern = re.compile(json.loads(sys.stdin.readline()), re.IGNORECASE)
for line in sys.stdin:
    text, spans = json.loads(line)
    found = [m.span() for start, end in spans for m in pattern.finditer(text, start, end) if m.end() > m.start()]
    print(json.dumps(found), flush=True)
"""


class Matcher:
    """A process that knows one expression (Python's `re`, upper and lower case are one); a context manager."""

    def __init__(self, pattern: str, seconds: float = 10.0) -> None:
        """`seconds`: the longest that one text may take."""
        self._seconds = seconds
        self._answers: queue.Queue[str] = queue.Queue()
        self._process = subprocess.Popen(
            [sys.executable, "-I", "-S", "-c", _MATCHER],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL,
            text=True,
            encoding="ascii",
        )
        assert self._process.stdin is not None
        assert self._process.stdout is not None
        self._to: IO[str] = self._process.stdin
        self._reader = threading.Thread(target=self._read, args=(self._process.stdout,), daemon=True)
        self._reader.start()
        self._say(pattern)

    def _read(self, stream: IO[str]) -> None:
        with stream:
            for line in stream:
                self._answers.put(line)
        self._answers.put("")

    def _say(self, what: object) -> None:
        with suppress(BrokenPipeError):  # somebody ended it: that it is gone is told where its answer is waited for
            self._to.write(json.dumps(what) + "\n")
            self._to.flush()

    def find(self, text: str, within: Iterable[Span], on_wait: Callable[[], None]) -> list[Span]:
        """Where the expression matches inside the stretches `within`; `on_wait` is called now and then meanwhile.

        Raises `IpscodingError` when it takes too long, and whatever `on_wait` raises.
        """
        self._say((text, [(span.start, span.end) for span in within]))
        until = monotonic() + self._seconds
        while True:
            try:
                answer = self._answers.get(timeout=_TICK_SECONDS)
            except queue.Empty:
                on_wait()
                if monotonic() < until:
                    continue
                answer = ""
            if not answer:
                raise IpscodingError(
                    _("The expression takes too long"),
                    _("Make it simpler; a repetition inside a repetition, as in (a+)+, may never end"),
                )
            return [Span(start, end) for start, end in json.loads(answer)]

    def __enter__(self) -> Self:
        """The matcher, at work."""
        return self

    def __exit__(self, *_exc: object) -> None:
        """End the process, whatever it is doing."""
        self._process.kill()
        self._process.wait()
        self._reader.join()
        with suppress(BrokenPipeError):  # what it did not take any more is of no use
            self._to.close()
