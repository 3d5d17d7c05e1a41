"""How are the icons for a phone's home screen made? `python tools/icons.py` draws genkdash/ui/icon.svg anew as PNG.

A phone takes no SVG. `icon-*.png` keep the round corners; Apple's and the maskable one fill their square, because the
phone cuts its own shape from them, and leave the drawing within the circle that every shape keeps.
"""

import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
sys.path.insert(0, str(ROOT / "tests"))

from running import chromium  # noqa: E402  after the path is set

DRAWING = ROOT / "genkdash" / "ui" / "icon.svg"
TARGET = ROOT / "genkdash" / "static"
BACKGROUND = "#0b6770"  # of the drawing itself
# Name, pixels, and how much of the square the drawing takes; None keeps the corners clear.
ICONS = (
    ("icon-192", 192, None),
    ("icon-512", 512, None),
    ("icon-maskable-512", 512, 0.86),
    ("apple-touch-icon", 180, 1.0),
)


def main() -> None:
    """Draw all icons."""
    with chromium() as browser:
        for name, pixels, part in ICONS:
            page = browser.new_page(viewport={"width": pixels, "height": pixels})
            background = "transparent" if part is None else BACKGROUND
            svg = DRAWING.read_text(encoding="utf-8")
            page.set_content(
                f"<style>body{{margin:0;height:100vh;display:grid;place-items:center;background:{background}}}"
                f"svg{{width:{part or 1:.0%}}}</style>{svg}"
            )
            picture = TARGET / f"{name}.png"
            page.screenshot(path=picture, omit_background=part is None)
            page.close()
            print(f"{picture.relative_to(ROOT)} ({picture.stat().st_size} bytes)")


if __name__ == "__main__":
    main()
