"""Linear algebra on one core: learning makes many small steps, which cost less than sharing them out."""

from collections.abc import Iterator
from contextlib import contextmanager


@contextmanager
def one_core() -> Iterator[None]:
    """Let the libraries under numpy use one thread inside the block.

    Their threads wait for each other in busy loops: on a machine that others use too, learning from 700 codings took
    four times the processor time, and the other core was not free for the screen.
    """
    from threadpoolctl import threadpool_limits

    with threadpool_limits(limits=1):
        yield
