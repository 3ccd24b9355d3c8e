"""A real terminal for tests and benchmarks: a program on a pseudo-terminal, keys in, bytes out."""

import fcntl
import os
import pty
import select
import struct
import subprocess
import termios
import time
from collections.abc import Callable, Mapping, Sequence

KEYS = {
    "right": b"\x1b[C",
    "left": b"\x1b[D",
    "down": b"\x1b[B",
    "up": b"\x1b[A",
    "pagedown": b"\x1b[6~",
    "pageup": b"\x1b[5~",
    "ctrl+home": b"\x1b[1;5H",
    "shift+right": b"\x1b[1;2C",
    "enter": b"\r",
    "escape": b"\x1b",
}
"""What a terminal sends for keys that are no letters."""

_PLAIN = {"TERM": "xterm-256color", "COLORTERM": "truecolor", "LC_ALL": "C.UTF-8", "TEXTUAL_ANIMATIONS": "none"}
_SIZE = (32, 110)
_ASKS_FOR_FRAMES = b"\x1b[?2026$p"
_GIVES_FRAMES = b"\x1b[?2026;2$y"


class Terminal:
    """A program that believes it has a terminal of `size` (rows, columns). Ends it on leaving."""

    def __init__(
        self,
        command: Sequence[str],
        *,
        env: Mapping[str, str] | None = None,
        size: tuple[int, int] = _SIZE,
        handed_on: Sequence[int] = (),
    ) -> None:
        """Start `command` with `env` added to a plain environment without anybody's colour settings.

        `handed_on`: open file descriptors that the program gets too.
        """
        kept = {name: value for name, value in os.environ.items() if name not in ("NO_COLOR", "FORCE_COLOR")}
        started = {**kept, **_PLAIN, **(env or {})}
        self.started = time.perf_counter()
        self.handle, theirs = pty.openpty()
        fcntl.ioctl(theirs, termios.TIOCSWINSZ, struct.pack("HHHH", *size, 0, 0))
        # not pty.fork: its child runs Python between fork and exec, which can stop for good in a process with threads
        self._process = subprocess.Popen(
            list(command),
            stdin=theirs,
            stdout=theirs,
            stderr=theirs,
            env=started,
            start_new_session=True,
            pass_fds=handed_on,
        )
        self.pid = self._process.pid
        os.close(theirs)
        self.said = b""
        """Everything the program has written so far."""
        self.ended = False

    def __enter__(self) -> "Terminal":
        return self

    def __exit__(self, *_exc: object) -> None:
        self.kill()
        os.close(self.handle)

    def kill(self) -> None:
        """End the program as a power cut would, and wait until it is gone."""
        if not self.ended:
            self.ended = True
            self._process.kill()
            self._process.wait(timeout=30)

    def press(self, key: str) -> None:
        """Send one key by its name, or the letters of a word."""
        os.write(self.handle, KEYS.get(key, key.encode()))

    def read(self, seconds: float) -> bytes:
        """What the program writes next, as soon as there is something; empty after `seconds` or at its end."""
        ready, _writable, _broken = select.select([self.handle], [], [], seconds)
        if not ready:
            return b""
        try:
            chunk = os.read(self.handle, 1 << 16)
        except OSError:  # Linux says so when the program has ended
            return b""
        if _ASKS_FOR_FRAMES in chunk:
            os.write(self.handle, _GIVES_FRAMES)
        self.said += chunk
        return chunk

    def quiet(self, seconds: float, at_most: float = 10.0) -> bytes:
        """What the program writes until it has been silent for `seconds`."""
        heard, until = b"", time.perf_counter() + at_most
        while time.perf_counter() < until:
            chunk = self.read(seconds)
            if not chunk:
                break
            heard += chunk
        return heard

    def wait_for(self, seen: Callable[[bytes], bool], at_most: float = 30.0) -> bool:
        """Read until `seen` holds for everything written so far; False where that takes longer than `at_most`."""
        until = time.perf_counter() + at_most
        while not seen(self.said):
            if time.perf_counter() > until:
                return False
            self.read(0.2)
        return True
