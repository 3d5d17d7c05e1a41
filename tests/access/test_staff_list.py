"""Who is taken off the staff list goes at once; a file that nobody can read changes nothing."""

import logging
from pathlib import Path

import pytest

from genkdash.access.current import Access
from genkdash.access.links import LinkRegister
from genkdash.access.mode import Mode
from genkdash.access.roles import Identity
from genkdash.access.staff_list import StaffList
from genkdash.access.viewer import Viewer
from genkdash.live.current import now
from genkdash.settings import load_settings

ISSUER = "https://google.example"
ACCESS = '[genkdash.access]\nstaff = [{}]\n[auth.google]\nserver_metadata_url = "' + ISSUER
ACCESS += '/.well-known/openid-configuration"\n'
AN, JAN = (f'{{ provider = "google", email = "{name}@genk.example" }}' for name in ("an", "jan"))


@pytest.fixture
def file(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    path = tmp_path / "secrets.toml"
    path.write_text(ACCESS.format(f"{AN}, {JAN}"), encoding="utf-8")
    monkeypatch.setenv("GENKDASH_SETTINGS", str(path))
    return path


@pytest.fixture
def access(file: Path, tmp_path: Path) -> Access:
    settings = load_settings()
    assert file.exists()
    return Access(Mode("shared"), settings, LinkRegister(tmp_path), StaffList(settings))


def seen_as(access: Access, name: str) -> Viewer | None:
    claims = {"iss": ISSUER, "iat": now().timestamp(), "email": f"{name}@genk.example", "email_verified": True}
    return access.viewer(Identity("google", claims), None, (), now())


def test_who_is_taken_off_the_list_is_nobody_and_who_is_added_is_staff(access: Access, file: Path) -> None:
    assert [seen_as(access, name) for name in ("an", "jan", "els")] == [Viewer("staff"), Viewer("staff"), None]
    file.write_text(ACCESS.format(AN.replace("an@", "els@") + f", {JAN}"), encoding="utf-8")

    assert [seen_as(access, name) for name in ("an", "jan", "els")] == [None, Viewer("staff"), Viewer("staff")]


@pytest.mark.parametrize("torn", ["[genkdash.acc", "[genkdash.access]\nstaff = 5\n", "\x00"])
def test_a_file_that_can_not_be_used_changes_nothing_and_is_logged_without_a_value(
    access: Access, file: Path, torn: str, caplog: pytest.LogCaptureFixture
) -> None:
    with caplog.at_level(logging.ERROR):
        file.write_text(torn, encoding="utf-8")
        assert seen_as(access, "an") == Viewer("staff")
        assert seen_as(access, "an") == Viewer("staff")

    assert len(caplog.records) == 1
    assert "genk.example" not in caplog.text


@pytest.mark.parametrize("content", ["", "[genkdash]\n", "[genkdash.access]\nstaff = []\n", None])
def test_a_file_without_a_list_or_no_file_leaves_nobody(access: Access, file: Path, content: str | None) -> None:
    if content is None:
        file.unlink()
    else:
        file.write_text(content, encoding="utf-8")

    assert seen_as(access, "an") is None
