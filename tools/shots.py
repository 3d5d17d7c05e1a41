"""Take a picture of every screen at every size, language and theme: `make shots` writes build/shots/."""

import argparse
import sys
from itertools import product
from pathlib import Path

ROOT = Path(__file__).parent.parent
sys.path.insert(0, str(ROOT / "tests"))

from running import chromium, open_screen, running_dashboard  # noqa: E402  the path is set just above

SCREENS = {
    "overview": ("", ""),
    "me": ("", "&als=influencer&wie=Bram"),
    "accessible": ("accessible", ""),
    **{name: (name, "") for name in ("topics", "timeline", "reactions", "lessons", "sheet_check", "methods")},
}
SIZES = ((1440, 900), (360, 740), (1920, 1080))
WALLS = ((1920, 1080), (3840, 2160))
SCENES = ("team", "strip", "topics", "since", "lessons", "latest")
SHOTS = [
    *((name, path, size, query) for (name, (path, query)), size in product(SCREENS.items(), SIZES)),
    *((f"screen_{scene}", "screen", size, f"&scenes={scene}") for scene, size in product(SCENES, WALLS)),
]


def main() -> None:
    """Take all the pictures of one source."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--source", help="workbook or folder of CSV files; without it the example")
    parser.add_argument("--into", type=Path, default=ROOT / "build" / "shots")
    parser.add_argument("--tall", action="store_true", help="as high as the whole screen, to look at all of it")
    parser.add_argument("--screen", choices=sorted({name for name, *_ in SHOTS}), action="append")
    options = parser.parse_args()
    options.into.mkdir(parents=True, exist_ok=True)
    with running_dashboard(options.source) as url, chromium() as browser:
        for (name, path, (width, height), query), language, theme in product(SHOTS, ("nl", "en"), ("light", "dark")):
            if options.screen and name not in options.screen:
                continue
            page = open_screen(
                browser,
                f"{url}/{path}?taal={language}{query}",
                width=width,
                height=2600 if options.tall else height,
                dark=theme == "dark",
            )
            page.wait_for_load_state("networkidle")
            page.wait_for_timeout(1500)  # charts and tables fade in after their code has come
            picture = options.into / f"{name}-{width}x{height}-{language}-{theme}.png"
            page.screenshot(path=picture)
            page.close()
            print(picture.relative_to(ROOT) if picture.is_relative_to(ROOT) else picture)


if __name__ == "__main__":
    main()
