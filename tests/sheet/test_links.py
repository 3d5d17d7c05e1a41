from urllib.parse import urlsplit

import pytest
from hypothesis import given
from hypothesis import strategies as st

from genkdash.sheet.links import parse_link, same_post_key


@pytest.mark.parametrize(
    "link", ["https://www.instagram.com/p/abc/", "http://genk.be", "HTTPS://genk.be:8443/a?b=c#d", "https://één.be/x"]
)
def test_a_web_address_is_kept_as_typed(link: str) -> None:
    assert parse_link(f" {link} ") == (link, None)


@pytest.mark.parametrize(
    "cell",
    [
        "www.instagram.com/p/abc",
        "javascript:alert(1)",
        "data:text/html,x",
        "//genk.be/x",
        "https://",
        "https:///pad",
        "http://[",
        "http://genk.be:poort/",
        "https://genk.be\\@elders.be",
        "https://genk.be/een twee",
        'https://genk.be/"onclick',
        "zie bijlage",
        12,
        True,
    ],
)
def test_anything_else_is_a_bad_link(cell: object) -> None:
    assert parse_link(cell) == (None, "bad-link")


@given(st.text(alphabet="htps:/.[]@?#\\<a1-%é:", max_size=24).map("http://".__add__) | st.text(max_size=24))
def test_whatever_is_kept_has_a_host_that_a_browser_reads_the_same(text: str) -> None:
    link = parse_link(text).value
    assert link is None or (urlsplit(link).hostname and not set(link) & set(' \\<>"\t\n'))


def test_a_story_has_no_link() -> None:
    assert parse_link("  ") == (None, None)


@pytest.mark.parametrize(
    "other",
    [
        "http://www.instagram.com/p/aBc",
        "https://instagram.com/p/aBc/",
        "https://WWW.Instagram.com/p/aBc//",
        "https://instagram.com/p/aBc/?utm_source=ig_web&utm_medium=x",
        "https://instagram.com/p/aBc?igsh=MzRl&fbclid=1",
    ],
)
def test_two_links_to_one_post_are_the_same(other: str) -> None:
    assert same_post_key(other) == same_post_key("https://instagram.com/p/aBc")


@pytest.mark.parametrize(
    "other",
    [
        "https://instagram.com/p/abc",
        "https://instagram.com/p/aBc?v=2",
        "https://instagram.be/p/aBc",
        "https://instagram.com/p/aBc#2",
    ],
)
def test_two_links_that_differ_in_more_are_not(other: str) -> None:
    assert same_post_key(other) != same_post_key("https://instagram.com/p/aBc")
