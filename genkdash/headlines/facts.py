"""How do a few facts stand in rows? A table of plain words; on a narrow screen a card for each row.

It is there with the elements around it, where Streamlit's own table loads twenty scripts or draws each cell as a text.
Its look is in static/comfort.css.
"""

from collections.abc import Collection, Mapping, Sequence

from genkdash.headlines.html import Html, element


def facts_table(columns: Mapping[str, Sequence[str]], *, alt: str, long: Collection[str] = ()) -> Html:
    """Return the table of `columns`, cells by header. The first one names the rows; `alt` says what the table tells.

    The columns that are `long` hold sentences, which have a whole line of a card.
    """
    headers, rows = list(columns), zip(*columns.values(), strict=True)
    head = element("tr", *(element("th", header, scope="col") for header in headers))
    body = (
        element(
            "tr",
            element("th", name, scope="row"),
            *(
                element("td", cell, tip=[header], css="long" if header in long else "")
                for header, cell in zip(headers[1:], cells, strict=True)
            ),
        )
        for name, *cells in rows
    )
    return element("table", element("thead", head), element("tbody", *body), css="facts", label=alt)
