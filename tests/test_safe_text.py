"""Text of the sheet stays text, wherever it goes."""

import pytest
from hostile import hostile_texts
from hypothesis import given
from hypothesis import strategies as st

from genkdash.safe_text import for_html, for_link, for_markdown, for_plotly, for_spreadsheet


@pytest.mark.parametrize("address", ["https://genk.example/p/1", "http://genk.example", " https://genk.example "])
def test_a_web_address_is_a_link(address: str) -> None:
    assert for_link(address) == address.strip()


@pytest.mark.parametrize(
    "address",
    [
        "javascript:alert(1)",
        "data:text/html,x",
        "//genk.example/x",
        "/overview",
        "https://",
        "http:genk",
        "ftp://a.example",
        "",
        "https://[",
        None,
    ],
)
def test_anything_else_is_no_link(address: str | None) -> None:
    assert for_link(address) is None


@pytest.mark.parametrize("formula", ["=1+1", "+1", "-1", "@SUM(A1)", "\t=1", "  =1", "\u00a0=1", "%0a=1", "|cmd"])
def test_a_formula_becomes_text_in_a_spreadsheet(formula: str) -> None:
    assert for_spreadsheet(formula) == "'" + formula


def test_plain_text_stays_as_it_is_in_a_spreadsheet() -> None:
    assert for_spreadsheet("Baklava = lekker") == "Baklava = lekker"


def test_plotly_gets_no_tag_and_no_entity() -> None:
    assert for_plotly('<a href="x">A & B</a>\nC') == '&lt;a href="x"&gt;A &amp; B&lt;/a&gt; C'


@pytest.mark.parametrize("name", ["__proto__", "constructor", "hasOwnProperty", "toString", "valueOf"])
def test_a_row_of_a_chart_never_has_a_name_that_plotly_has_taken(name: str) -> None:
    assert for_plotly(name) == f"{name}\u2060"


def test_plotly_gets_a_name_that_only_begins_like_a_taken_one_as_it_is() -> None:
    assert for_plotly("constructors") == "constructors"


@pytest.mark.parametrize("text", hostile_texts("127.0.0.1:9"))
def test_no_text_is_an_element_in_html_or_in_plotly(text: str) -> None:
    assert not set("<>") & set(for_html(text))
    assert not set("\"'") & set(for_html(text))
    assert not set("<>") & set(for_plotly(text))


@pytest.mark.parametrize("text", hostile_texts("127.0.0.1:9"))
def test_a_text_is_only_a_link_as_a_whole_web_address(text: str) -> None:
    link = for_link(text)
    assert link is None or link.lower().startswith(("http://", "https://"))


def test_markdown_is_shown_not_obeyed() -> None:
    assert for_markdown("![x](y) **b** :red[c] $a$ `d`") == (r"\!\[x\]\(y\) \*\*b\*\* \:red\[c\] \$a\$ \`d\`")


def test_a_bare_address_in_markdown_is_broken_up_so_that_nothing_links_it() -> None:
    assert "https://" not in for_markdown("zie https://kwaad.example")
    assert "www." not in for_markdown("zie www.kwaad.example")


@given(st.text())
def test_markdown_text_has_no_line_break_and_no_unescaped_punctuation(text: str) -> None:
    safe = for_markdown(text)
    assert "\n" not in safe
    assert "\r" not in safe
    previous = ""
    for letter in safe:
        if letter in "`*_{}[]()#<>~$:|!" and previous != "\\":
            raise AssertionError(safe)
        previous = "" if previous == "\\" and letter == "\\" else letter


@given(st.text())
def test_no_text_in_a_spreadsheet_begins_a_formula(text: str) -> None:
    assert not for_spreadsheet(text).startswith(("=", "+", "-", "@", "\t", "\r"))
