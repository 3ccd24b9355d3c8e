"""Which reader reads which kind of file."""

from collections.abc import Callable, Mapping

from ipscoding.transcripts.machine import read_json
from ipscoding.transcripts.markdown import read_markdown
from ipscoding.transcripts.opendocument import read_odt
from ipscoding.transcripts.otranscribe import read_otr
from ipscoding.transcripts.pdf import read_pdf
from ipscoding.transcripts.plain import read_plain
from ipscoding.transcripts.richtext import read_rtf
from ipscoding.transcripts.source import Source
from ipscoding.transcripts.subtitles import read_srt, read_vtt
from ipscoding.transcripts.webpage import read_html
from ipscoding.transcripts.word import read_word

Reader = Callable[[bytes, str], Source | list[tuple[str, Source]]]
"""A file's bytes and its name (for messages) to what it holds; raises `FileProblem` for a file that it cannot read.

A file of several transcripts gives each with its name. A reader imports heavy libraries when it is called. It may give
lines of any kind (they are normalised afterwards), and says at which line and column of them times and comments are.
"""

READERS: Mapping[str, Reader] = {
    ".txt": read_plain,
    ".text": read_plain,
    ".md": read_markdown,
    ".markdown": read_markdown,
    ".docx": read_word,
    ".docm": read_word,
    ".odt": read_odt,
    ".ott": read_odt,
    ".rtf": read_rtf,
    ".pdf": read_pdf,
    ".html": read_html,
    ".htm": read_html,
    ".vtt": read_vtt,
    ".srt": read_srt,
    ".json": read_json,
    ".otr": read_otr,
}
"""The readers by file name suffix, in lower case. `read_all` takes others, for kinds of file that need choices."""
