"""A link opens the door for whom it was made, until its end, and for nobody else."""

import json
import os
import stat
import subprocess
import sys
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from running import ROOT

from genkdash.access.links import Link, LinkRegister, LinkRegisterError

NAMES = ("Bram", "Amina")
AT = datetime(2018, 8, 20, 10, 0, tzinfo=UTC)
UNTIL = datetime(2018, 10, 30, tzinfo=UTC)
SHARED = settings(suppress_health_check=[HealthCheck.function_scoped_fixture], deadline=None)

MAKE_EIGHT = """
import sys
from datetime import UTC, datetime
from pathlib import Path
from genkdash.access.links import LinkRegister
register = LinkRegister(Path(sys.argv[1]))
for _ in range(8):
    print(register.new("screen", until=datetime(2018, 10, 30, tzinfo=UTC), at=datetime(2018, 8, 20, tzinfo=UTC))[1])
"""


@pytest.fixture
def register(tmp_path: Path) -> LinkRegister:
    return LinkRegister(tmp_path / "var")


@pytest.fixture
def token(register: LinkRegister) -> str:
    return personal(register)[1]


def personal(register: LinkRegister, name: str = "Amina") -> tuple[Link, str]:
    return register.new("influencer", influencer=name, until=UNTIL, at=AT)


def trouble_of(register: LinkRegister) -> str:
    with pytest.raises(LinkRegisterError) as caught:
        register.all()
    return caught.value.code


def file_of(register: LinkRegister) -> Path:
    return register.paths[0]


def test_a_token_leads_to_its_link(register: LinkRegister) -> None:
    link, token = personal(register)
    assert register.link_of(token, at=AT, names=NAMES) == link
    assert (link.kind, link.influencer, link.until, link.revoked) == ("influencer", "Amina", UNTIL, False)


def test_a_screen_is_nobody_by_name(register: LinkRegister) -> None:
    link, token = register.new("screen", until=UNTIL, at=AT)
    assert register.link_of(token, at=AT) == link
    assert (link.kind, link.influencer) == ("screen", None)


@pytest.mark.parametrize(("kind", "name"), [("screen", "Amina"), ("influencer", None), ("influencer", "")])
def test_a_personal_link_has_a_person_and_a_screen_has_none(register: LinkRegister, kind: str, name: str) -> None:
    with pytest.raises(ValueError, match="personal"):
        register.new(kind, influencer=name, until=UNTIL, at=AT)  # type: ignore[arg-type]


def test_no_repr_shows_whose_link_it_is_nor_the_key(register: LinkRegister) -> None:
    link, token = personal(register)
    assert "Amina" not in repr(link) + str(link) + repr(register.__dict__)
    assert register.link_of(token, at=AT)
    assert json.loads(file_of(register).read_text())["key"] not in repr(register.__dict__)


def test_a_link_ends_at_its_end(register: LinkRegister) -> None:
    _, token = personal(register)
    assert register.link_of(token, at=UNTIL - timedelta(seconds=1))
    assert register.link_of(token, at=UNTIL) is None


def test_a_revoked_link_lets_nobody_in_and_forgets_whose_it_was(register: LinkRegister) -> None:
    link, token = personal(register)
    assert register.revoke(link.id)
    assert register.link_of(token, at=AT) is None
    assert [(one.id, one.influencer, one.revoked) for one in register.all(names=NAMES)] == [(link.id, None, True)]
    assert json.loads(file_of(register).read_text())["links"][0]["whom"] is None


def test_the_other_links_stay_when_one_is_revoked(register: LinkRegister) -> None:
    (one, _), (_, token) = personal(register), personal(register, "Bram")
    register.revoke(one.id)
    assert register.link_of(token, at=AT)


def test_a_link_that_is_not_there_is_not_revoked(register: LinkRegister) -> None:
    assert not register.revoke("abc")
    personal(register)
    assert not register.revoke("abc")


def test_what_another_process_does_is_seen_at_the_next_question(register: LinkRegister) -> None:
    other = LinkRegister(file_of(register).parent)
    link, token = personal(other)
    assert register.link_of(token, at=AT, names=NAMES) == link
    other.revoke(link.id)
    assert register.link_of(token, at=AT) is None
    _, second = personal(other, "Bram")
    assert register.link_of(second, at=AT)


def test_a_register_that_was_removed_lets_nobody_in(register: LinkRegister) -> None:
    _, token = personal(register)
    assert register.link_of(token, at=AT)
    file_of(register).unlink()
    assert register.link_of(token, at=AT) is None


def test_a_token_of_another_register_is_nobodys(tmp_path: Path, register: LinkRegister) -> None:
    personal(register)
    _, foreign = personal(LinkRegister(tmp_path / "elsewhere"))
    assert register.link_of(foreign, at=AT) is None


def test_links_that_ended_a_month_ago_are_forgotten(register: LinkRegister) -> None:
    old, _ = personal(register, "Amina")
    register.new("screen", until=UNTIL + timedelta(days=365), at=UNTIL + timedelta(days=29))
    assert old in register.all(names=NAMES)
    register.new("screen", until=UNTIL + timedelta(days=365), at=UNTIL + timedelta(days=30))
    assert old not in register.all(names=NAMES)
    assert len(register.all()) == 2


def test_a_link_is_of_one_of_the_names_in_the_sheet_or_of_nobody(register: LinkRegister) -> None:
    link, token = personal(register)
    for names in ((), ("Bram",), ("amina", "Amina ", "Amína")):
        found = register.link_of(token, at=AT, names=names)
        assert found
        assert (found.id, found.influencer) == (link.id, None)
    assert [one.influencer for one in register.all(names=NAMES)] == ["Amina"]
    assert [one.influencer for one in register.all()] == [None]


@pytest.mark.parametrize("name", ["Amina", "Zoë", "😀", "\ud800", "a" * 10_000])
def test_no_name_stands_in_the_register(register: LinkRegister, name: str) -> None:
    link, token = personal(register, name)
    content = file_of(register).read_bytes()
    assert register.link_of(token, at=AT, names=[name]) == link
    assert name.encode("utf-8", "surrogatepass") not in content
    assert json.dumps(name).encode()[1:-1] not in content


def test_two_registers_do_not_write_a_name_the_same_way(tmp_path: Path, register: LinkRegister) -> None:
    other = LinkRegister(tmp_path / "elsewhere")
    personal(register)
    personal(other)
    whom = [json.loads(file_of(one).read_text())["links"][0]["whom"] for one in (register, other)]
    assert whom[0] != whom[1]


def test_a_token_stands_nowhere(register: LinkRegister) -> None:
    _, token = personal(register)
    assert token.partition(".")[2] not in file_of(register).read_text()


@SHARED
@given(st.text() | st.binary() | st.none() | st.integers())
@pytest.mark.usefixtures("token")
def test_no_other_text_is_a_token(register: LinkRegister, text: object) -> None:
    assert register.link_of(text, at=AT) is None


@SHARED
@given(st.data())
def test_a_token_with_one_character_changed_added_or_left_out_is_nobodys(
    register: LinkRegister, token: str, data: st.DataObject
) -> None:
    at = data.draw(st.integers(0, len(token) - 1))
    instead = data.draw(st.sampled_from(["", *"aZ09-_.=+/ \n\x00é"]))
    kept = data.draw(st.booleans())
    changed = token[:at] + instead + token[at + (0 if kept else 1) :]
    assert changed == token or register.link_of(changed, at=AT) is None


@pytest.mark.parametrize("ending", ["=", "==", ".", " ", "\n", "%20", "/"])
def test_a_token_has_one_spelling(register: LinkRegister, token: str, ending: str) -> None:
    assert register.link_of(token + ending, at=AT) is None
    assert register.link_of(ending + token, at=AT) is None


def test_the_last_letter_of_a_signature_has_one_spelling(register: LinkRegister) -> None:
    # 43 letters of base64 hold two bits more than the signature: three other last letters decode to the same bytes.
    _, token = personal(register)
    letters = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_"
    accepted = [letter for letter in letters if register.link_of(token[:-1] + letter, at=AT)]
    assert accepted == [token[-1]]


def test_an_id_is_signed_with_its_own_signature(register: LinkRegister) -> None:
    (one, _), (_, other) = personal(register), personal(register, "Bram")
    assert register.link_of(f"{one.id}.{other.partition('.')[2]}", at=AT) is None


def test_only_we_may_read_the_register_and_its_folder(register: LinkRegister) -> None:
    personal(register)
    assert {stat.S_IMODE(path.stat().st_mode) for path in file_of(register).parent.iterdir()} == {0o600}
    assert stat.S_IMODE(file_of(register).parent.stat().st_mode) == 0o700


@pytest.mark.skipif(os.geteuid() != 0, reason="only root makes files for somebody else")
def test_what_root_makes_belongs_to_whose_folder_it_is(register: LinkRegister) -> None:
    folder = file_of(register).parent
    folder.mkdir()
    os.chown(folder, 12_345, 12_346)
    personal(register)
    assert {(path.stat().st_uid, path.stat().st_gid) for path in folder.iterdir()} == {(12_345, 12_346)}


def test_a_register_that_others_could_read_is_closed_to_them_again(
    register: LinkRegister, caplog: pytest.LogCaptureFixture
) -> None:
    _, token = personal(register)
    file_of(register).chmod(0o644)
    assert LinkRegister(file_of(register).parent).link_of(token, at=AT)
    assert stat.S_IMODE(file_of(register).stat().st_mode) == 0o600
    assert "closed again" in caplog.text


@SHARED
@given(st.data())
def test_a_torn_register_lets_nobody_in_and_is_not_written_over(
    register: LinkRegister, token: str, data: st.DataObject
) -> None:
    whole = file_of(register).read_bytes()
    torn = whole[: data.draw(st.integers(0, len(whole) - 1))]
    file_of(register).write_bytes(torn)
    assert register.link_of(token, at=AT) is None
    assert trouble_of(register) == "links-corrupt"
    with pytest.raises(LinkRegisterError):
        personal(register)
    assert file_of(register).read_bytes() == torn
    file_of(register).write_bytes(whole)
    assert register.link_of(token, at=AT)


@pytest.mark.parametrize(
    "change",
    [
        {"form": "genkdash-links-2"},
        {"key": ""},
        {"key": None},
        {"links": None},
        {"links": [{}]},
        {"links": [{"id": 1, "kind": "screen", "whom": None, "until": UNTIL.isoformat(), "revoked": False}]},
        {"links": [{"id": "a", "kind": "staff", "whom": None, "until": UNTIL.isoformat(), "revoked": False}]},
        {"links": [{"id": "a", "kind": "screen", "whom": None, "until": "2018-10-30", "revoked": False}]},
        {"links": [{"id": "a", "kind": "screen", "whom": 1, "until": UNTIL.isoformat(), "revoked": False}]},
        {"links": [{"id": "a", "kind": "screen", "whom": None, "until": UNTIL.isoformat(), "revoked": None}]},
    ],
)
def test_a_register_with_something_odd_in_it_is_corrupt(register: LinkRegister, change: dict[str, object]) -> None:
    personal(register)
    document = json.loads(file_of(register).read_text())
    file_of(register).write_text(json.dumps(document | change))
    assert trouble_of(register) == "links-corrupt"


def test_a_link_or_a_folder_in_the_place_of_the_register_is_not_followed(
    tmp_path: Path, register: LinkRegister
) -> None:
    _, token = personal(register)
    elsewhere = tmp_path / "elsewhere.json"
    file_of(register).rename(elsewhere)
    file_of(register).symlink_to(elsewhere)
    assert register.link_of(token, at=AT) is None
    assert trouble_of(register) == "links-unreadable"
    file_of(register).unlink()
    file_of(register).mkdir()
    assert trouble_of(register) == "links-unreadable"


def test_a_pipe_in_the_place_of_the_register_is_not_waited_for(register: LinkRegister) -> None:
    personal(register)
    file_of(register).unlink()
    os.mkfifo(file_of(register))
    assert trouble_of(register) == "links-unreadable"


def test_a_failed_write_keeps_what_was_there(register: LinkRegister, monkeypatch: pytest.MonkeyPatch) -> None:
    link, token = personal(register)

    def full(_: int) -> None:
        raise OSError("No space left on device")

    monkeypatch.setattr(os, "fsync", full)
    with pytest.raises(LinkRegisterError) as caught:
        register.revoke(link.id)
    assert caught.value.code == "links-unwritable"
    assert register.link_of(token, at=AT, names=NAMES) == link


def test_a_folder_that_can_not_be_made_is_unwritable(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("")
    with pytest.raises(LinkRegisterError) as caught:
        personal(LinkRegister(tmp_path / "file" / "var"))
    assert caught.value.code == "links-unwritable"


def test_processes_that_write_at_once_lose_no_link(register: LinkRegister) -> None:
    folder = file_of(register).parent
    writers = [
        subprocess.Popen(  # noqa: S603  our own code in processes of their own
            [sys.executable, "-c", MAKE_EIGHT, str(folder)], cwd=ROOT, stdout=subprocess.PIPE, text=True
        )
        for _ in range(3)
    ]
    tokens = [token for writer in writers for token in writer.communicate()[0].split()]
    assert len(tokens) == 24
    assert all(register.link_of(token, at=AT) for token in tokens)
    assert len(register.all()) == 24
