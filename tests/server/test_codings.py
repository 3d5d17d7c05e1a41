"""A browser gets a file in the smallest coding that it takes, and as it is in every other case."""

import gzip

import brotli
import pytest
from hypothesis import given
from hypothesis import strategies as st

from genkdash.server.codings import Coding, asked_codings, chosen_coding, with_brotli, with_gzip


@pytest.mark.parametrize(
    ("asked", "coding"),
    [
        ("gzip, deflate, br, zstd", "br"),
        ("br", "br"),
        ("gzip, deflate", "gzip"),
        ("x-gzip", "gzip"),
        ("GZip ; Q=0.5", "gzip"),
        ("br;q=0.1, gzip;q=0.9", "gzip"),
        ("br;q=0, gzip", "gzip"),
        ("br;q=0, gzip;q=0", None),
        ("*", "br"),
        ("br;q=0, *", "gzip"),
        ("*;q=0", None),
        ("identity", None),
        ("identity, br;q=0.5", None),
        ("identity;q=0.5, br;q=0.5", "br"),
        ("identity;q=0", None),
        ("gzip, identity;q=0", "gzip"),
        ("deflate, zstd", None),
        ("", None),
        (",, ;q=1", None),
        ("br;q=2", None),
        ("br;q=nan", None),
        ("br;q=-1, gzip;q=much", None),
        ("bro, br2, gzipped", None),
    ],
)
def test_the_smallest_coding_that_is_wanted_most_is_chosen(asked: str, coding: Coding | None) -> None:
    assert chosen_coding(asked) == coding


def test_a_header_that_stands_there_twice_is_one_list() -> None:
    assert asked_codings([(b"accept-encoding", b"gzip"), (b"host", b"x"), (b"Accept-Encoding", b"br;q=0.1")]) == (
        "gzip,br;q=0.1"
    )


@given(st.text())
def test_whatever_stands_there_is_answered(asked: str) -> None:
    assert chosen_coding(asked) in {None, "br", "gzip"}


@given(st.binary())
def test_what_is_compressed_comes_out_again(body: bytes) -> None:
    assert brotli.decompress(with_brotli(body, quality=5)) == body
    assert gzip.decompress(with_gzip(body, level=6)) == body
    assert with_gzip(body, level=6) == with_gzip(body, level=6)
