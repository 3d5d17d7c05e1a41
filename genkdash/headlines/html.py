"""How do our own words become HTML in which no text of the sheet can be anything but text?

For what Streamlit has no element for: the wall, where every size has to follow the screen, and the first answer, which
is there before Streamlit is.
"""

from collections.abc import Sequence

from genkdash.safe_text import for_html, for_link


class Html(str):
    """HTML that is whole and safe. Any other text is escaped where it is put into an element."""

    __slots__ = ()


def element(  # noqa: PLR0913  each is an attribute, named where it is used
    name: str,
    *content: str | None,
    css: str = "",
    style: str = "",
    label: str = "",
    title: str = "",
    tip: Sequence[str] = (),
    level: int = 0,
    scope: str = "",
) -> Html:
    """Return an element with `content`, None left out; `label` makes a picture of it with that text alternative.

    A table stays one, whatever its label. `tip` are lines that a stylesheet draws beside it, or as soon as somebody
    points at it. `level` makes a heading of it without the tag of one: for who looks for the heading of the page by its
    tag, there is one only. `scope` is what a cell is the header of.
    """
    attributes = {
        "class": css,
        "style": style,
        "role": "heading" if level else "img" if label and name != "table" else "",
        "aria-level": str(level) if level else "",
        "aria-label": label,
        "title": title,
        "scope": scope,
    }
    written = "".join(f' {key}="{for_html(value)}"' for key, value in attributes.items() if value)
    if tip:
        lines = "\n".join(map(for_html, tip))
        written += f' data-tip="{lines}"'
    inner = "".join(part if isinstance(part, Html) else for_html(part) for part in content if part is not None)
    return Html(f"<{name}{written}>{inner}</{name}>")


def link(address: str | None, text: str) -> Html:
    """Return `text` as a link that opens beside the page; nothing where a browser may not open `address`."""
    safe = for_link(address)
    if safe is None:
        return Html()
    return Html(f'<a href="{for_html(safe)}" target="_blank" rel="noopener noreferrer">{for_html(text)}</a>')


def picture(source: str, text: str, *, css: str) -> Html:
    """Return an image whose `source` is a data address of our own making."""
    return Html(f'<img class="{css}" src="{for_html(source)}" alt="{for_html(text)}">')
