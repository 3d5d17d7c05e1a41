"""Is the feed of this process alone, unless the settings name a shared memory? And is its address a secret?"""

import pytest

from genkdash.live.shared_client import place_of
from genkdash.live.shared_feed import SharedFeed
from genkdash.server.incoming import feed_of
from genkdash.settings import Settings, SettingsError, load_settings


def settings_with(url: str, monkeypatch: pytest.MonkeyPatch) -> Settings:
    monkeypatch.setenv("GENKDASH_SHARED__URL", url)
    return load_settings()


def test_without_a_shared_memory_each_process_reads_by_itself() -> None:
    assert not isinstance(feed_of(Settings(source=None)), SharedFeed)


@pytest.mark.parametrize(
    "url", ["redis://127.0.0.1:6379", "rediss://:geheim@valkey.intern/1", "unix://:geheim@/run/valkey/valkey.sock"]
)
def test_with_one_they_share_a_reader(url: str, monkeypatch: pytest.MonkeyPatch) -> None:
    assert isinstance(feed_of(settings_with(url, monkeypatch)), SharedFeed)


@pytest.mark.parametrize(
    "url",
    [
        "http://geheim.example",
        "redis://",
        "redis://:geheim@host:poort",
        "unix://",
        "geheim",
        "rediss://:geheim@host?ssl_cert_reqs=none",
        "redis://[geheim",
    ],
)
def test_an_address_that_can_t_be_used_is_named_and_not_shown(url: str, monkeypatch: pytest.MonkeyPatch) -> None:
    with pytest.raises(SettingsError) as refused:
        settings_with(url, monkeypatch)
    assert str(refused.value) == "shared.url"
    assert refused.value.__cause__ is None


def test_the_password_stands_nowhere_that_people_look(monkeypatch: pytest.MonkeyPatch) -> None:
    settings = settings_with("rediss://genkdash:geheim@valkey.intern:6380/1", monkeypatch)
    feed = feed_of(settings)

    assert "geheim" not in repr(settings) + repr(feed) + repr(vars(feed)) + str(settings.model_dump())
    assert place_of("rediss://genkdash:geheim@valkey.intern:6380/1") == "valkey.intern:6380"
    assert place_of("unix://:geheim@/run/valkey/valkey.sock") == "/run/valkey/valkey.sock"
