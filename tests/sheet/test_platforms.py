import pytest

from genkdash.sheet.platforms import platform_of


@pytest.mark.parametrize(
    ("link", "platform"),
    [
        ("https://www.instagram.com/p/abc/", "Instagram"),
        ("https://vm.tiktok.com/ZM123/", "TikTok"),
        ("https://WWW.TIKTOK.COM/@amina/video/1", "TikTok"),
        ("https://youtu.be/abc", "YouTube"),
        ("https://m.youtube.com/shorts/abc", "YouTube"),
        ("https://fb.watch/abc", "Facebook"),
        ("https://x.com/genk/status/1", "X"),
        ("https://www.threads.net/@amina", "Threads"),
    ],
)
def test_a_link_says_its_platform(link: str, platform: str) -> None:
    assert platform_of(link) == platform


@pytest.mark.parametrize(
    "link",
    [
        "https://tiktok.com.elders.example/1",
        "https://elders.example/instagram.com",
        "https://netflix.com/x.com",
        "https://mijninstagram.com/",
        "https://localhost/",
    ],
)
def test_a_link_that_only_looks_like_one_says_nothing(link: str) -> None:
    assert platform_of(link) is None
