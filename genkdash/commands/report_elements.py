"""Of which elements is the printed report made? Every text goes through one escape, every number says itself twice."""

import re
from collections.abc import Iterable, Sequence
from typing import NewType

from genkdash.safe_text import for_html

Html = NewType("Html", str)
"""Markup that is ready: nothing in it is text of a stranger that was not escaped."""

UNKNOWN = "–"
# control characters and halves of a surrogate pair: HTML has no place for them, escaped or not
_NOT_IN_HTML = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\ud800-\udfff]")


def text(shown: str) -> Html:
    """Return `shown` as HTML that shows it literally, in text and in a quoted attribute."""
    return Html(for_html(_NOT_IN_HTML.sub("\N{REPLACEMENT CHARACTER}", shown)))


def join(parts: Iterable[Html], between: str = "") -> Html:
    """Return parts of a page one after the other."""
    return Html(between.join(parts))


def number(value: float | None, shown: str) -> Html:
    """Return a number as people read it, with the unrounded one for machines; a dash where it is unknown."""
    if value is None:
        return text(UNKNOWN)
    return Html(f'<data value="{value!r}">{text(shown)}</data>')


def section(title: str, *content: Html) -> Html:
    """Return a part of the report under its heading."""
    return Html(f"<section><h2>{text(title)}</h2>{join(content)}</section>")


def paragraph(content: Html, kind: str = "") -> Html:
    """Return a paragraph; `kind` is its class in report.css."""
    return Html(f'<p class="{kind}">{content}</p>' if kind else f"<p>{content}</p>")


def card(label: str, value: Html, context: str) -> Html:
    """Return one headline number: its label, itself, and a line that puts it in place."""
    return Html(f'<div><dt>{text(label)}</dt><dd class="value">{value}</dd><dd>{text(context)}</dd></div>')


def table(headers: Sequence[str], rows: Iterable[Sequence[Html]], *, kind: str, numbers: frozenset[int]) -> Html:
    """Return a table whose first column names the rows; `numbers` are the columns that stand at the right."""
    classes = ['class="number"' if position in numbers else "" for position in range(len(headers))]
    head = join(
        Html(f'<th scope="col" {css}>{text(header)}</th>') for header, css in zip(headers, classes, strict=True)
    )
    body = join(
        Html(
            f'<tr><th scope="row">{row[0]}</th>'
            + join(Html(f"<td {css}>{cell}</td>") for cell, css in zip(row[1:], classes[1:], strict=True))
            + "</tr>"
        )
        for row in rows
    )
    return Html(f'<table class="{kind}"><thead><tr>{head}</tr></thead><tbody>{body}</tbody></table>')
