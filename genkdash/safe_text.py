"""How does text from the sheet reach a screen or a file without becoming something else?

The one door: markdown, HTML, Plotly's pseudo-HTML, links and spreadsheet exports each have their own escape.
"""

import html
import re
from urllib.parse import urlsplit

_MARKDOWN_PUNCTUATION = re.compile(r"([\\`*_{}\[\]()#+\-.!|<>~$:^=&\"'])")
_WORD_JOINER = "\u2060"
# Streamlit links bare addresses after parsing, so punctuation escapes do not stop it: the address is broken up.
_AUTOLINK = re.compile(r"(?i)(https?|ftp|mailto|www)(?=[:.])|(?<=\S)(?=@)")
# Icons, its own logo and arrows are drawn after the escapes were read, too: these signs are broken up as well.
_DRAWN = re.compile(r":(?=(?:material|streamlit)\b)|(?<!\S)[<>~-](?=[-=>])")
# Plotly keeps the categories of an axis in a plain object, where these names are taken: such a row would vanish.
_TAKEN_BY_PLOTLY = re.compile(
    r"__\w+__|constructor|hasOwnProperty|isPrototypeOf|propertyIsEnumerable|to\w*String|valueOf"
)
_LINE_BREAKS = re.compile(r"[\r\n\t\u2028\u2029]+")
_FORMULA_START = re.compile(r"^[\s\u00a0]*[=+\-@\t\r|%]")


def for_markdown(text: str) -> str:
    """Return `text` so that Streamlit's markdown shows it literally, on one line, without a link."""
    line = _LINE_BREAKS.sub(" ", text)
    broken = _AUTOLINK.sub(lambda match: match.group() + _WORD_JOINER, line)
    broken = _DRAWN.sub(lambda match: match.group() + _WORD_JOINER, broken)
    return _MARKDOWN_PUNCTUATION.sub(r"\\\1", broken)


def for_html(text: str) -> str:
    """Return `text` so that HTML shows it literally, in text and in a quoted attribute."""
    return html.escape(_LINE_BREAKS.sub(" ", text))


def for_plotly(text: str) -> str:
    """Return `text` so that Plotly shows it literally; it reads tags and entities. Never for a `...template`."""
    line = _LINE_BREAKS.sub(" ", text)
    return html.escape(f"{line}{_WORD_JOINER}" if _TAKEN_BY_PLOTLY.fullmatch(line) else line, quote=False)


def for_link(address: str | None) -> str | None:
    """Return the address if a browser may open it: absolute http or https with a host. Otherwise None."""
    if address is None:
        return None
    try:
        parts = urlsplit(address.strip())
    except ValueError:
        return None
    return address.strip() if parts.scheme in {"http", "https"} and parts.hostname else None


def for_spreadsheet(text: str) -> str:
    """Return `text` so that Excel and LibreOffice take it for text, never for a formula."""
    return f"'{text}" if _FORMULA_START.match(text) else text
