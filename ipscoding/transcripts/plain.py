"""Plain text of every kind: the lines as they stand."""

from ipscoding.transcripts.decode import decode
from ipscoding.transcripts.normalise import unify_line_ends
from ipscoding.transcripts.source import Source


def read_plain(data: bytes, name: str) -> Source:
    """The lines of a text file in whatever encoding it was written; `name` is for messages.

    Raises `FileProblem` where the bytes are empty, no text, damaged, or in an encoding that cannot be told.
    """
    text, encoding = decode(data, name)
    return Source(unify_line_ends(text).split("\n"), encoding)
