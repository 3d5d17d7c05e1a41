"""Which pictures stand in the manuals? `make pictures` takes them anew with `make shots`, small enough for git.

Each is a screen of the example, in Dutch and light, as large as the window of the person who looks at it.
"""

import subprocess
import sys
import tempfile
from pathlib import Path

from PIL import Image

ROOT = Path(__file__).resolve().parents[1]
FOLDER = ROOT / "docs" / "pictures"
LARGEST_BYTES = 150_000
PICTURES = {
    "overview": "overview-1440x900",
    "topics": "topics-1440x900",
    "timeline": "timeline-1440x900",
    "lessons": "lessons-1440x900",
    "sheet_check": "sheet_check-1440x900",
    "me": "me-360x740",
    "log_post": "log_post-360x740",
    "screen": "screen_team-1920x1080",
}
"""The pictures by name, each with the shot that it is made of."""
_WIDEST = 1440


def main() -> None:
    """Take the pictures and put them in `docs/pictures/`."""
    with tempfile.TemporaryDirectory() as folder:
        screens = [f"--screen={shot.rpartition('-')[0]}" for shot in PICTURES.values()]
        taken = ["--state=normal", "--language=nl", "--theme=light", "--no-tall", f"--into={folder}"]
        # our own script, with words of our own
        subprocess.run([sys.executable, ROOT / "tools" / "shots.py", *taken, *screens], check=True)  # noqa: S603
        for name, shot in PICTURES.items():
            _save(Path(folder) / "normal" / f"{shot}-nl-light.png", FOLDER / f"{name}.png")


def _save(shot: Path, picture: Path) -> None:
    """Write a shot in all its colours: with fewer, a topic would have another one on one picture than on the next.

    Raises:
        ValueError: it is larger than a picture in git may be.
    """
    with Image.open(shot) as whole:
        image = whole.convert("RGB")
    image.thumbnail((_WIDEST, image.height))
    image.save(picture, optimize=True)
    if picture.stat().st_size > LARGEST_BYTES:
        raise ValueError(f"{picture.name} is larger than {LARGEST_BYTES} bytes")


if __name__ == "__main__":
    main()
