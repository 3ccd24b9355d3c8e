"""Text that takes up a fixed number of a terminal's cells."""

from rich.cells import cell_len, set_cell_size


def fill(text: str, cells: int) -> str:
    """The text in exactly so many cells: cut, with an ellipsis, or with spaces after it."""
    return set_cell_size(text if cell_len(text) <= cells else set_cell_size(text, cells - 1).rstrip() + "…", cells)
