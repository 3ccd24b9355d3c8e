"""Make the pictures of the README and the guide from the real program: `python scripts/screenshots.py`.

The example project is built in a temporary folder and driven by keys. Pictures are SVG as Textual draws them, turned
into PNG by a browser (chromium) without network access.
"""

import asyncio
import os
import re
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Awaitable, Callable
from pathlib import Path

from textual.pilot import Pilot

ROOT = Path(__file__).resolve().parent.parent
IMAGES = ROOT / "docs" / "images"
SIZE = (132, 40)

Drive = Callable[[Pilot[None]], Awaitable[None]]


async def _press(pilot: Pilot[None], *keys: str) -> None:
    for key in keys:
        await pilot.press(key)
        await pilot.pause()


async def coding(pilot: Pilot[None]) -> None:
    """A passage with two codings that overlap, made by keyboard, beside those of the example coders."""
    await pilot.app.workers.wait_for_complete()
    await _press(pilot, *["down"] * 14, "enter", *"hope", "enter", "f")
    await _press(pilot, "shift+down", "enter", *"relation", "enter", "f", "escape")


async def picker(pilot: Pilot[None]) -> None:
    """The code picker, found by a few letters."""
    await pilot.app.workers.wait_for_complete()
    await _press(pilot, *["down"] * 14, "enter", *"samlok")


PICTURES: dict[str, tuple[str, Drive]] = {
    "coding-screen": ("p01-jobbsoker", coding),
    "code-picker": ("p01-jobbsoker", picker),
}


async def shoot(project_path: Path, document: str, drive: Drive, target: Path) -> None:
    """Open the project, drive it, and save what is on the screen."""
    from ipscoding.project import documents, open_project
    from ipscoding.tui.app import IpscodingApp

    with open_project(project_path, coder="Kari") as project:
        app = IpscodingApp(project, document_id=documents.find(project, document).id)
        async with app.run_test(size=SIZE) as pilot:
            await pilot.pause()
            await drive(pilot)
            await pilot.pause()
            # the drawing names fonts on the web; readers' own fonts do as well
            drawing = re.sub(r"@font-face\s*{[^}]*}", "", app.export_screenshot(title="ipscoding"))
    target.write_text(drawing, encoding="utf-8")


def to_png(drawing: Path, browser: str) -> None:
    """Render an SVG as PNG with a headless browser, at the drawing's own size."""
    found = re.search(r'viewBox="0 0 ([\d.]+) ([\d.]+)"', drawing.read_text(encoding="utf-8"))
    assert found is not None
    width, height = (round(float(number)) for number in found.groups())
    subprocess.run(
        [
            browser,
            "--headless",
            "--no-sandbox",
            "--disable-gpu",
            "--disable-quic",
            "--disable-background-networking",
            "--hide-scrollbars",
            f"--window-size={width},{height}",
            f"--screenshot={drawing.with_suffix('.png')}",
            drawing.as_uri(),
        ],
        check=True,
        capture_output=True,
        timeout=120,
    )


def main() -> None:
    """Make the pictures named on the command line, or all of them."""
    os.environ.pop("NO_COLOR", None)
    os.environ["TEXTUAL_ANIMATIONS"] = "none"
    from ipscoding.cli.demo import build

    IMAGES.mkdir(parents=True, exist_ok=True)
    browser = shutil.which("chromium") or shutil.which("google-chrome")
    for name in sys.argv[1:] or PICTURES:
        document, drive = PICTURES[name]
        with tempfile.TemporaryDirectory() as folder:
            project = Path(folder) / "demo.ipscoding"
            build(project, "Kari")
            drawing = IMAGES / f"{name}.svg"
            asyncio.run(shoot(project, document, drive, drawing))
        if browser:
            to_png(drawing, browser)
            drawing.unlink()
        print(name)


if __name__ == "__main__":
    main()
