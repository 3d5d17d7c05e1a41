"""How does a scene become HTML in which no text of the sheet can be anything but text?

Streamlit's own elements and Plotly measure in pixels; on a wall every size has to follow the screen.
"""

from genkdash.safe_text import for_html


class Html(str):
    """HTML that is whole and safe. Any other text is escaped where it is put into an element."""

    __slots__ = ()


def element(name: str, *content: str | None, css: str = "", style: str = "", label: str = "") -> Html:
    """Return an element with `content`, None left out; `label` makes a picture of it with that text alternative."""
    attributes = {
        "class": css,
        "style": style,
        "role": "img" if label else "",
        "aria-label": label,
    }
    written = "".join(f' {key}="{for_html(value)}"' for key, value in attributes.items() if value)
    inner = "".join(part if isinstance(part, Html) else for_html(part) for part in content if part is not None)
    return Html(f"<{name}{written}>{inner}</{name}>")


def picture(source: str, text: str, *, css: str) -> Html:
    """Return an image whose `source` is a data address of our own making."""
    return Html(f'<img class="{css}" src="{for_html(source)}" alt="{for_html(text)}">')
