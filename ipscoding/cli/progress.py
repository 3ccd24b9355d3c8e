"""A progress bar on stderr, for a person who waits; silent in a pipe."""

import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager

Advance = Callable[[float, str], None]
"""Called with the part that is done (0 to 1) and what is being done."""


@contextmanager
def progress(title: str) -> Iterator[Advance]:
    """A bar that `Advance` moves; it is gone when the work is done."""
    if not sys.stderr.isatty():
        yield lambda _part, _what: None
        return
    from rich.console import Console
    from rich.progress import BarColumn, Progress, TaskProgressColumn, TextColumn

    columns = (TextColumn("{task.description}"), BarColumn(), TaskProgressColumn(), TextColumn("{task.fields[what]}"))
    with Progress(*columns, console=Console(stderr=True), transient=True) as bar:
        task = bar.add_task(title, total=1.0, what="")
        yield lambda part, what: bar.update(task, completed=part, what=what)
