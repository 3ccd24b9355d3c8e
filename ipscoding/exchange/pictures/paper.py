"""How all pictures for papers look, and how they become files: the same figures give the same bytes."""

import io
from collections.abc import Iterator
from contextlib import contextmanager
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from matplotlib.figure import Figure

FORMS = ("svg", "png", "pdf")
"""The forms of picture files, which are also the suffixes of their names."""

BARRIER, FACILITATOR = "#e69f00", "#0072b2"
"""Orange and blue of Okabe and Ito (2008): told apart by colour-blind people, and light from dark without colour."""

INK, QUIET, GRID = "#1a1a1a", "#666666", "#d9d9d9"
_DOTS_PER_INCH = 300
_MOST_INCHES = 200
"""A picture of a thousand rows is still one that programs open: matplotlib's limit lies at 2^16 dots."""


@contextmanager
def drawing(width: float, height: float) -> Iterator["Figure"]:
    """An empty figure of `width` by `height` inches in the style of all pictures. It belongs to no window."""
    import matplotlib
    from matplotlib.figure import Figure

    looks: dict[Any, Any] = {
        "font.family": ["DejaVu Sans", "sans-serif"],
        "font.size": 8,
        "axes.spines.top": False,
        "axes.spines.right": False,
        "axes.edgecolor": QUIET,
        "axes.linewidth": 0.6,
        "text.color": INK,
        "axes.labelcolor": INK,
        "xtick.color": QUIET,
        "ytick.color": INK,
        "hatch.linewidth": 0.6,
        # text stays text, so that it can be searched, read aloud and set in the paper's own type
        "svg.fonttype": "none",
        "pdf.fonttype": 42,
        "svg.hashsalt": "ipscoding",
    }
    with matplotlib.rc_context(looks):
        yield Figure(figsize=(width, min(height, _MOST_INCHES)), layout="constrained")


def as_file(figure: "Figure", form: str) -> bytes:
    """The figure as a file of one of the `FORMS`; no date and no program's version is in it."""
    from matplotlib.backends.backend_agg import FigureCanvasAgg
    from matplotlib.backends.backend_pdf import FigureCanvasPdf
    from matplotlib.backends.backend_svg import FigureCanvasSVG

    canvas = {"svg": FigureCanvasSVG, "png": FigureCanvasAgg, "pdf": FigureCanvasPdf}[form](figure)
    said_of_itself: dict[str, dict[str, str | None]] = {
        "svg": {"Date": None, "Creator": "ipscoding"},
        "png": {"Software": None},
        "pdf": {"CreationDate": None, "Creator": "ipscoding", "Producer": None},
    }
    metadata = said_of_itself[form]
    data = io.BytesIO()
    height = float(figure.get_size_inches()[1])
    dots = min(_DOTS_PER_INCH, int(60_000 / height))
    canvas.print_figure(data, format=form, dpi=dots, metadata=metadata, facecolor="white")
    return data.getvalue()
