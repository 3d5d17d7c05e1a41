"""How does one look at hundreds of pictures? Many small ones on a sheet, and a page with all of them."""

import html
import re
from collections import defaultdict
from pathlib import Path

from PIL import Image, ImageDraw

_NAME = re.compile(r"(?P<screen>.+)-(?P<width>\d+)x(?P<height>\d+)-(?P<language>nl|en)-(?P<theme>light|dark)\.png")
_THUMB, _TALLEST, _IN_A_ROW, _GAP, _CAPTION = 460, 1500, 4, 16, 18
_FOLD = "#c8551b"


def write_contact_sheets(folder: Path) -> None:
    """Write one sheet per size, language and theme of the pictures in `folder`."""
    kinds: dict[tuple[str, str, str], list[Path]] = defaultdict(list)
    for path in sorted(folder.glob("*.png")):
        if name := _NAME.fullmatch(path.name):
            kinds[name["width"], name["language"], name["theme"]].append(path)
    for kind, paths in kinds.items():
        _sheet(paths).save(folder / f"contact-{'-'.join(kind)}.png")


def write_index(folder: Path) -> None:
    """Write a page with every picture under `folder`, by state."""
    parts = []
    for state in sorted(path for path in folder.iterdir() if path.is_dir()):
        parts.append(f"<h2>{html.escape(state.name)}</h2><div class='all'>")
        for path in sorted(state.glob("*.png")):
            name = _NAME.fullmatch(path.name)
            if name is None:
                continue
            with Image.open(path) as picture:
                fold = int(name["height"]) / picture.height
            line = f"<i style='top:{fold:.2%}'></i>" if fold < 1 else ""
            address = html.escape(f"{state.name}/{path.name}")
            parts.append(
                f"<figure><a href='{address}'><img loading='lazy' src='{address}' alt=''>{line}</a>"
                f"<figcaption>{html.escape(path.stem)}</figcaption></figure>"
            )
        parts.append("</div>")
    style = (
        "body{font:14px sans-serif;background:#ddd}.all{display:flex;flex-wrap:wrap;gap:1rem;align-items:flex-start}"
        "figure{margin:0;width:300px}a{position:relative;display:block}img{width:100%;display:block}"
        f"i{{position:absolute;left:0;right:0;border-top:2px dashed {_FOLD}}}"
    )
    page = f"<!doctype html><meta charset='utf-8'><title>shots</title><style>{style}</style>{''.join(parts)}"
    (folder / "index.html").write_text(page, encoding="utf-8")


def _sheet(paths: list[Path]) -> Image.Image:
    """Return the pictures side by side, a few in a row, each with its name and a line where its window ends."""
    rows = [paths[start : start + _IN_A_ROW] for start in range(0, len(paths), _IN_A_ROW)]
    thumbs = [[_thumb(path) for path in row] for row in rows]
    heights = [max(thumb.height for thumb in row) + _CAPTION + _GAP for row in thumbs]
    sheet = Image.new("RGB", ((_THUMB + _GAP) * min(len(paths), _IN_A_ROW), sum(heights)), "#dddddd")
    pen, top = ImageDraw.Draw(sheet), 0
    for row, row_paths, height in zip(thumbs, rows, heights, strict=True):
        for place, (thumb, path) in enumerate(zip(row, row_paths, strict=True)):
            left = place * (_THUMB + _GAP)
            pen.text((left, top + 3), path.stem, fill="#000000")
            sheet.paste(thumb, (left, top + _CAPTION))
        top += height
    return sheet


def _thumb(path: Path) -> Image.Image:
    """Return a small picture, cut off where it is very long."""
    name = _NAME.fullmatch(path.name)
    with Image.open(path) as picture:
        scale = _THUMB / picture.width
        thumb = picture.convert("RGB").resize((_THUMB, round(picture.height * scale)))
    if name is not None and (fold := round(int(name["height"]) * scale)) < thumb.height - 1:
        ImageDraw.Draw(thumb).line((0, fold, _THUMB, fold), fill=_FOLD)
    return thumb.crop((0, 0, _THUMB, min(thumb.height, _TALLEST)))
