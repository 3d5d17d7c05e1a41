"""For whom does a process serve? The example, one machine or people who sign in; what is there by halves, nobody."""

import copy
import os
import re
from pathlib import Path
from typing import Any

import pytest
from running import running_dashboard

from genkdash.access.current import Access, admit, current_access, dismiss
from genkdash.access.links import LinkRegister
from genkdash.access.mode import AccessError, Mode, access_mode, is_loopback
from genkdash.access.providers import for_streamlit, parse_sign_in_table
from genkdash.access.roles import Identity
from genkdash.access.viewer import Viewer
from genkdash.i18n import translator
from genkdash.live.current import now
from genkdash.server.lifespan import lifespan_with
from genkdash.server.sign_in_secrets import sign_in_secrets
from genkdash.settings import Settings, SettingsError, load_settings
from genkdash.sheet.model import Invited

TENANT = "0a1b2c3d-1111-2222-3333-0123456789ab"
ROOT = Path(__file__).parents[2]
SECRET = "0123456789abcdef0123456789abcdef-canary"
GOOGLE = {
    "client_id": "genkdash",
    "client_secret": "canary-client-secret",
    "server_metadata_url": "https://accounts.google.com/.well-known/openid-configuration",
}
ENTRA = {
    **GOOGLE,
    "server_metadata_url": f"https://login.microsoftonline.com/{TENANT}/v2.0/.well-known/openid-configuration",
}
WHOLE: dict[str, Any] = {
    "source": "log.xlsx",
    "access": {
        "public_url": "https://genkdash.example",
        "staff": [{"provider": "genk", "tenant": TENANT, "oid": "canary-oid"}],
    },
    "auth": {
        "redirect_uri": "https://genkdash.example/oauth2callback",
        "cookie_secret": SECRET,
        "google": GOOGLE,
        "genk": ENTRA,
    },
}


@pytest.fixture(autouse=True)
def _no_settings_of_this_machine(monkeypatch: pytest.MonkeyPatch) -> None:
    for name in [name for name in os.environ if name.startswith("GENKDASH_")]:
        monkeypatch.delenv(name)
    monkeypatch.delenv("GOOGLE_APPLICATION_CREDENTIALS", raising=False)
    monkeypatch.setenv("GENKDASH_SETTINGS", os.devnull)


def changed(path: str, value: Any) -> Settings:
    """Return whole settings with another value at `path`, such as `auth.google.client_id`; None takes it away."""
    settings = copy.deepcopy(WHOLE)
    *folders, name = path.split(".")
    table = settings
    for folder in folders:
        table = table[folder]
    table[name] = value
    if value is None:
        del table[name]
    return Settings(**settings)


def mode(settings: Settings, **others: Any) -> str:
    return access_mode(settings, **{"address": "127.0.0.1", **others}).code


def refusal(settings: Settings, **others: Any) -> tuple[str, tuple[str, ...]]:
    with pytest.raises(AccessError) as refused:
        access_mode(settings, **{"address": "127.0.0.1", **others})
    return refused.value.code, refused.value.names


@pytest.mark.parametrize(
    ("settings", "address", "expected"),
    [
        (Settings(), "127.0.0.1", "demo"),
        (Settings(), "::1", "demo"),
        (Settings(), "localhost", "demo"),
        (Settings(source="log.xlsx"), "127.0.0.1", "own"),
        (Settings(**WHOLE), "127.0.0.1", "shared"),
        (Settings(**WHOLE), "0.0.0.0", "shared"),  # noqa: S104  that is what is tested
        (Settings(**WHOLE), None, "shared"),
    ],
)
def test_the_settings_say_for_whom_it_serves(settings: Settings, address: str | None, expected: str) -> None:
    assert mode(settings, address=address) == expected


@pytest.mark.parametrize(
    "address",
    ["0.0.0.0", "::", "10.0.0.4", "genkdash.example", "", None, "127.0.0.1.evil.example"],  # noqa: S104  that is tested
)
@pytest.mark.parametrize("source", [None, "log.xlsx"])
def test_without_sign_in_no_other_machine_is_served(source: str | None, address: str | None) -> None:
    assert refusal(Settings(source=source), address=address) == ("address", ("server.address",))


@pytest.mark.parametrize(
    ("google", "variable", "names"),
    [
        ({"service_account": {"private_key": "canary"}}, False, ("genkdash.google.service_account",)),
        ({"service_account_file": "key.json"}, False, ("genkdash.google.service_account_file",)),
        ({}, True, ("GOOGLE_APPLICATION_CREDENTIALS",)),
    ],
)
def test_the_example_does_not_start_beside_real_credentials(
    google: dict[str, Any],
    variable: bool,  # noqa: FBT001 -- there or not
    names: tuple[str, ...],
) -> None:
    assert refusal(Settings(google=google), has_credentials_variable=variable) == ("credentials", names)


def test_a_key_is_welcome_beside_a_sheet_of_ones_own() -> None:
    own = Settings(source="log.xlsx", google={"service_account_file": "key.json"})

    assert mode(own, has_credentials_variable=True) == "own"


def test_a_server_that_believes_headers_never_starts() -> None:
    assert refusal(Settings(**WHOLE), trusts_headers=True) == ("headers", ("server.trustedUserHeaders",))


@pytest.mark.parametrize(
    ("path", "value", "names"),
    [
        ("source", None, "genkdash.source"),
        ("auth", None, "auth"),
        ("access", None, "genkdash.access"),
        ("auth.redirect_uri", None, "auth.redirect_uri"),
        ("auth.redirect_uri", "https://elders.example/oauth2callback", "auth.redirect_uri"),
        ("auth.redirect_uri", "http://genkdash.example/oauth2callback", "auth.redirect_uri"),
        ("auth.redirect_uri", 8501, "auth.redirect_uri"),
        ("auth.cookie_secret", None, "auth.cookie_secret"),
        ("auth.cookie_secret", "kort", "auth.cookie_secret"),
        ("auth.cookie_secret", SECRET[:31], "auth.cookie_secret"),
        ("auth.cookie_secret", "ab" * 40, "auth.cookie_secret"),
        ("auth.cookie_secret", "<minstens 32 willekeurige tekens: openssl rand>", "auth.cookie_secret"),
        ("auth.google.client_id", "<client-id>.apps.googleusercontent.com", "auth.google.client_id"),
        ("access.staff", [{"provider": "genk", "tenant": "<tenant-GUID>", "oid": "1"}], "genkdash.access.staff"),
        ("auth.google", None, "auth.google"),
        ("auth.genk", None, "auth.genk"),
        ("auth.google.client_id", None, "auth.google.client_id"),
        ("auth.google.client_secret", "", "auth.google.client_secret"),
        ("auth.google.server_metadata_url", None, "auth.google.server_metadata_url"),
        ("auth.google.server_metadata_url", "https://accounts.google.com", "auth.google.server_metadata_url"),
        ("access.public_url", None, "genkdash.access.public_url"),
        ("access.public_url", "http://genkdash.example", "genkdash.access.public_url"),
        ("access.public_url", "https://genkdash.example/pad", "genkdash.access.public_url"),
        ("access.public_url", "genkdash.example", "genkdash.access.public_url"),
        ("access.public_url", "https://[", "genkdash.access.public_url"),
        ("access.public_url", "https://<adres>", "genkdash.access.public_url"),
        ("access.public_url", "https://Genkdash.example", "genkdash.access.public_url"),
        ("access.public_url", "https://genkdash.example:443", "genkdash.access.public_url"),
        ("access.public_url", "https://stad@genkdash.example", "genkdash.access.public_url"),
        ("access.public_url", "https://genkdash.example:0x1", "genkdash.access.public_url"),
        ("access.staff", [], "genkdash.access.staff"),
        ("access.influencer_provider", "genk", "genkdash.access.influencer_provider"),
        ("access.influencer_provider", "ander", "auth.ander"),
        ("access.staff", [{"provider": "genk", "email": "an@genk.example"}], "genkdash.access.staff.email"),
        *(
            (
                "auth.genk.server_metadata_url",
                ENTRA["server_metadata_url"].replace(*wrong),
                "auth.genk.server_metadata_url",
            )
            for wrong in (
                (TENANT, "common"),
                (TENANT, "organizations"),
                (TENANT, "consumers"),
                (TENANT, "genk.onmicrosoft.com"),
                (TENANT, TENANT.upper()),
                ("/v2.0", ""),
            )
        ),
    ],
)
def test_what_is_there_by_halves_does_not_start_and_says_what_is_missing(path: str, value: Any, names: str) -> None:
    assert refusal(changed(path, value)) == ("half", (names,))


def test_an_empty_table_names_all_that_is_missing() -> None:
    code, names = refusal(Settings(source="log.xlsx", access={}, auth={}))

    assert code == "half"
    assert names == (
        "auth.redirect_uri",
        "auth.cookie_secret",
        "genkdash.access.public_url",
        "genkdash.access.staff",
        "auth.google",
    )


def test_the_example_for_a_server_starts_once_it_is_filled_in_and_not_before(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    example = (ROOT / "deploy" / "secrets.example.toml").read_text(encoding="utf-8")
    file = tmp_path / "secrets.toml"
    monkeypatch.setenv("GENKDASH_SETTINGS", str(file))
    file.write_text(example, encoding="utf-8")
    code, names = refusal(load_settings())

    assert code == "half"
    assert {"genkdash.source", "genkdash.access.staff", "auth.cookie_secret", "auth.stad.client_secret"} <= set(names)
    file.write_text(re.sub("<[^<>]*>", TENANT, example), encoding="utf-8")
    assert mode(load_settings()) == "shared"


def test_people_on_this_machine_may_come_without_https() -> None:
    settings = copy.deepcopy(WHOLE)
    settings["access"]["public_url"] = "http://localhost:8501"
    settings["auth"]["redirect_uri"] = "http://localhost:8501/oauth2callback"

    assert mode(Settings(**settings)) == "shared"


@pytest.mark.parametrize(
    "row",
    [
        {"provider": "genk"},
        {"provider": "genk", "tenant": "GUID"},
        {"provider": "genk", "oid": "1"},
        {"provider": "genk", "upn": "an@genk.example"},
        {"provider": "genk", "tenant": "GUID", "oid": "1", "upn": "an@genk.example"},
        {"provider": "google", "tenant": "GUID", "email": "an@genk.example"},
        {"provider": "google", "email": ""},
        {"provider": "", "email": "an@genk.example"},
        {"email": "an@genk.example"},
        {"provider": "google", "email": "an@genk.example", "naam": "An"},
    ],
)
def test_a_row_of_staff_that_leaves_open_who_is_refused_without_saying_who(
    row: dict[str, str], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    pairs = ", ".join(f'{name} = "{value}"' for name, value in row.items())
    file = tmp_path / "secrets.toml"
    file.write_text(f"[genkdash.access]\nstaff = [{{ {pairs} }}]\n", encoding="utf-8")
    monkeypatch.setenv("GENKDASH_SETTINGS", str(file))
    with pytest.raises(SettingsError) as refused:
        load_settings()

    assert str(refused.value).startswith("access.staff.0")
    assert "genk.example" not in str(refused.value)


@pytest.mark.parametrize("address", ["127.0.0.1", "127.8.8.8", "::1", "localhost"])
def test_loopback_is_this_machine(address: str) -> None:
    assert is_loopback(address)


@pytest.mark.parametrize("code", ["half", "credentials", "address", "headers"])
@pytest.mark.parametrize("language", ["nl", "en"])
def test_every_refusal_has_its_sentence(code: str, language: Any) -> None:
    assert translator(language).has(f"access.error.{code}")


@pytest.mark.parametrize("code", ["demo", "own", "shared"])
def test_every_mode_says_why(code: Any) -> None:
    assert translator("nl").has(Mode(code).reason)


@pytest.mark.parametrize(
    ("variables", "option", "said"),
    [
        ({}, {"server.address": "0.0.0.0"}, "Zet server.address op 127.0.0.1"),  # noqa: S104
        ({"GOOGLE_APPLICATION_CREDENTIALS": "/canary"}, {}, "sleutel klaar (GOOGLE_APPLICATION_CREDENTIALS)"),
        (
            {"GENKDASH_AUTH__COOKIE_SECRET": "canary"},
            {},
            "Dit ontbreekt of klopt niet: genkdash.source, auth.redirect_uri",
        ),
        ({"GENKDASH_ACCESS__STAFF_HOURS": "2"}, {}, "Dit ontbreekt of klopt niet: genkdash.source, auth."),
        ({}, {"server.trustedUserHeaders": {"X-User": "email"}}, "server.trustedUserHeaders staat aan"),
        ({"GENKDASH_ACCESS__STAFF_HOURS": "canary"}, {}, "access.staff_hours"),
    ],
)
def test_the_launcher_refuses_with_a_plain_sentence_and_no_value(
    variables: dict[str, str], option: dict[str, Any], said: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    for name, value in variables.items():
        monkeypatch.setenv(name, value)
    given = {"server.address": "127.0.0.1", "server.port": 8501, "server.trustedUserHeaders": {}, **option}
    running = lifespan_with(given.__getitem__)(None)
    with pytest.raises(SystemExit) as refused:
        running.__aenter__().send(None)

    assert said in str(refused.value)
    assert "canary" not in str(refused.value)


@pytest.mark.parametrize(
    ("variables", "said"),
    [
        (
            {"STREAMLIT_SERVER_ADDRESS": "0.0.0.0"},  # noqa: S104  that is tested
            "Zonder aanmelden toont het dashboard gegevens alleen op deze computer",
        ),
        ({"GENKDASH_ACCESS__STAFF_HOURS": "2"}, "Het aanmelden is maar half ingesteld"),
    ],
)
def test_a_server_that_would_be_open_ends_with_the_sentence(variables: dict[str, str], said: str) -> None:
    with pytest.raises(RuntimeError, match=said), running_dashboard(None, settings=variables):
        pass


def test_the_table_of_the_file_reaches_streamlit_which_asks_for_no_profile(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    file = tmp_path / "elsewhere.toml"
    file.write_text(
        f'[auth]\nredirect_uri = "https://x.example/oauth2callback"\ncookie_secret = "{SECRET}"\n'
        '[auth.google]\nclient_id = "1"\n[auth.genk]\nclient_id = "2"\nclient_kwargs = { prompt = "login" }\n',
        encoding="utf-8",
    )
    monkeypatch.setenv("GENKDASH_SETTINGS", str(file))

    assert sign_in_secrets() == {
        "auth": {
            "redirect_uri": "https://x.example/oauth2callback",
            "cookie_secret": SECRET,
            "google": {"client_id": "1", "client_kwargs": {"scope": "openid email"}},
            "genk": {"client_id": "2", "client_kwargs": {"scope": "openid email", "prompt": "login"}},
        }
    }


def test_entra_is_asked_for_the_profile_without_which_it_gives_no_object_id(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("GENKDASH_AUTH__GENK__SERVER_METADATA_URL", ENTRA["server_metadata_url"])

    assert sign_in_secrets()["auth"]["genk"]["client_kwargs"] == {"scope": "openid profile"}


def test_without_sign_in_or_with_settings_nobody_can_read_streamlit_gets_nothing(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    assert sign_in_secrets() is None
    monkeypatch.setenv("GENKDASH_SETTINGS", str(tmp_path))
    assert sign_in_secrets() is None


def test_the_issuer_of_a_provider_is_the_address_of_its_discovery_without_the_well_known_part() -> None:
    assert parse_sign_in_table(WHOLE["auth"]).issuers == {
        "google": "https://accounts.google.com",
        "genk": f"https://login.microsoftonline.com/{TENANT}/v2.0",
    }


def test_what_was_given_is_left_as_it_was() -> None:
    before = copy.deepcopy(WHOLE["auth"])
    for_streamlit(WHOLE["auth"])

    assert WHOLE["auth"] == before


def test_no_repr_of_settings_or_access_holds_a_secret_or_somebody(tmp_path: Path) -> None:
    settings = Settings(**WHOLE)
    said = f"{settings!r}{settings}{Access(Mode('shared'), settings, LinkRegister(tmp_path))}"
    said += repr(parse_sign_in_table(WHOLE["auth"]))

    assert "canary" not in said


@pytest.fixture
def shared(tmp_path: Path) -> Access:
    return Access(Mode("shared"), Settings(**WHOLE), LinkRegister(tmp_path))


def amina(**claims: object) -> Identity:
    known = {"iss": "https://accounts.google.com", "sub": "1", "iat": 5, "email": "a@x.example", "email_verified": True}
    return Identity("google", {**known, **claims})


INVITED = (Invited("Amina", "a@x.example"),)


def test_a_sign_in_that_ended_lets_nobody_in_again_and_a_new_one_does(shared: Access) -> None:
    assert shared.viewer(amina(), None, INVITED, now()) == Viewer("influencer", "Amina")
    shared.end(amina())

    assert shared.viewer(amina(), None, INVITED, now()) is None
    assert shared.has_ended(amina())
    assert shared.viewer(amina(iat=6), None, INVITED, now()) == Viewer("influencer", "Amina")
    assert shared.viewer(amina(sub="2"), None, INVITED, now()) == Viewer("influencer", "Amina")


def test_who_signs_out_keeps_what_a_link_gives(shared: Access) -> None:
    _, token = shared.links.new("screen", until=now().replace(year=2100), at=now())
    shared.end(amina())

    assert shared.viewer(amina(), token, INVITED, now()) == Viewer("screen")


def test_on_one_machine_everybody_who_is_let_through_is_staff(tmp_path: Path) -> None:
    own = Access(Mode("own"), Settings(source="log.xlsx"), LinkRegister(tmp_path))

    assert own.viewer(None, None, (), now()) == Viewer("staff")


def test_before_the_launcher_has_said_whom_there_is_no_access(shared: Access) -> None:
    dismiss()
    with pytest.raises(RuntimeError, match="no access"):
        current_access()
    admit(shared)
    assert current_access() is shared
