"""Do the files in deploy/ say what the program understands?"""

import re
import shutil
import subprocess
import tomllib
from pathlib import Path

import pytest
import yaml
from redis import Redis
from redis_server import find_server

from genkdash.access.mode import AccessError, access_mode
from genkdash.settings import load_settings
from genkdash.sheet import errors

ROOT = Path(__file__).parents[1]
DEPLOY = ROOT / "deploy"
GUIDE = (ROOT / "docs" / "deploy.md").read_text(encoding="utf-8")


def test_the_example_settings_are_complete_once_they_are_filled_in(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    text = (DEPLOY / "secrets.example.toml").read_text(encoding="utf-8")
    file = tmp_path / "secrets.toml"
    monkeypatch.setenv("GENKDASH_SETTINGS", str(file))

    file.write_text(text, encoding="utf-8")
    with pytest.raises(AccessError):
        access_mode(load_settings(), address="127.0.0.1")

    filled = re.sub(r"<[^>]*GUID>", "6f1ed002-ab5c-4b1f-9e4e-2f4d6a0e1c11", text)
    file.write_text(re.sub(r"<[^>\n]*>", "0123456789abcdef0123456789abcdef", filled), encoding="utf-8")
    settings = load_settings()
    assert access_mode(settings, address="127.0.0.1").code == "shared"
    assert str(settings.data_folder) == "/var/lib/genkdash"
    assert settings.log.enabled is False


def test_the_unit_writes_only_in_the_data_folder_and_reads_the_settings_of_the_guide() -> None:
    unit = (DEPLOY / "genkdash.service").read_text(encoding="utf-8")

    assert "StateDirectory=genkdash\n" in unit
    assert "Environment=GENKDASH_SETTINGS=/etc/genkdash/secrets.toml\n" in unit
    assert "ExecStart=/opt/genkdash/.venv/bin/streamlit run app.py" in unit


def test_the_unit_waits_for_word_that_it_serves_and_ends_what_is_silent_for_a_minute() -> None:
    lines = (DEPLOY / "genkdash.service").read_text(encoding="utf-8").splitlines()

    assert "Type=notify" in lines
    assert "WatchdogSec=60" in lines
    # Without it nothing would be started again; without AF_UNIX nothing could be told.
    assert "Restart=always" in lines
    assert next(line for line in lines if line.startswith("RestrictAddressFamilies")).endswith(" AF_UNIX")


def test_every_alert_asks_for_figures_that_there_are_and_is_explained_in_the_guide() -> None:
    (group,) = yaml.safe_load((DEPLOY / "genkdash.rules.yml").read_text(encoding="utf-8"))["groups"]
    told = (ROOT / "genkdash" / "server" / "metrics.py").read_text(encoding="utf-8")
    codes = {error.code for error in vars(errors).values() if isinstance(error, type) and hasattr(error, "code")}

    for rule in group["rules"]:
        assert f"| `{rule['alert']}` |" in GUIDE
        assert rule["annotations"]["summary"].endswith(".")
        for name in re.findall(r"genkdash_\w+", rule["expr"]):
            assert f'"{name.removesuffix("_total")}"' in told
        for listed in re.findall(r'outcome=~"google-\(([^)]*)\)"', rule["expr"]):
            assert {f"google-{code}" for code in listed.split("|")} <= codes


def test_prometheus_asks_at_the_port_of_the_guide() -> None:
    settings = yaml.safe_load((DEPLOY / "prometheus.yml").read_text(encoding="utf-8"))

    assert settings["rule_files"] == ["genkdash.rules.yml"]
    (job,) = settings["scrape_configs"]
    assert (job["job_name"], job["static_configs"]) == ("genkdash", [{"targets": ["127.0.0.1:9464"]}])
    assert "metrics_port = 9464" in GUIDE


def test_the_remarks_of_the_example_settings_are_settings(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    text = (DEPLOY / "secrets.example.toml").read_text(encoding="utf-8")
    remarks = [line.removeprefix("# ") for line in text.splitlines() if re.match(r"# (\[genkdash\.|\w+ = )", line)]
    (tmp_path / "secrets.toml").write_text("\n".join(remarks), encoding="utf-8")
    monkeypatch.setenv("GENKDASH_SETTINGS", str(tmp_path / "secrets.toml"))

    watched = load_settings().monitoring
    assert (watched.metrics_port, watched.log_lines) == (9464, "json")


@pytest.mark.skipif(shutil.which("systemd-analyze") is None, reason="no systemd on this machine")
def test_systemd_understands_every_line_of_the_unit(tmp_path: Path) -> None:
    # The program itself is not installed where the unit looks for it.
    unit = tmp_path / "genkdash.service"
    text = (DEPLOY / "genkdash.service").read_text(encoding="utf-8")
    unit.write_text(re.sub(r"ExecStart=\S+", "ExecStart=/bin/true", text), encoding="utf-8")
    command = ["systemd-analyze", "verify", str(unit)]
    told = subprocess.run(command, capture_output=True, text=True, check=False)  # noqa: S603  our own file

    assert [line for line in told.stderr.splitlines() if "genkdash.service" in line] == []


def test_what_the_container_copies_is_there() -> None:
    lines = (DEPLOY / "Containerfile").read_text(encoding="utf-8").splitlines()
    copied = [line.split()[1] for line in lines if line.startswith("COPY")]

    assert copied == ["requirements.txt", "app.py", ".streamlit/config.toml", "pages", "genkdash"]
    assert [name for name in copied if not (ROOT / name).exists()] == []


def test_every_file_of_deploy_is_explained_in_the_guide() -> None:
    assert [file.name for file in DEPLOY.iterdir() if f"deploy/{file.name}" not in GUIDE] == []


def test_the_example_is_toml_with_streamlits_own_table_for_sign_in() -> None:
    table = tomllib.loads((DEPLOY / "secrets.example.toml").read_text(encoding="utf-8"))

    assert sorted(table) == ["auth", "genkdash"]
    assert table["auth"]["redirect_uri"] == f"{table['genkdash']['access']['public_url']}/oauth2callback"


def lines_but(text: str, *left_out: str) -> list[str]:
    """The lines that say something, without comments and those that hold one of these."""
    said = [line.strip() for line in text.splitlines() if line.strip() and not line.strip().startswith("#")]
    return [line for line in said if not any(part in line for part in left_out)]


def test_each_of_several_processes_runs_as_the_one_does_but_on_a_port_of_its_own() -> None:
    one, each = ((DEPLOY / name).read_text(encoding="utf-8") for name in ("genkdash.service", "genkdash@.service"))

    assert "--server.port %i\n" in each
    differs = ("Description=", "After=", "ExecStart=")
    assert lines_but(each, *differs) == lines_but(one, *differs)


@pytest.mark.skipif(shutil.which("systemd-analyze") is None, reason="no systemd on this machine")
def test_systemd_understands_every_line_of_the_template(tmp_path: Path) -> None:
    unit = tmp_path / "genkdash@8501.service"
    text = (DEPLOY / "genkdash@.service").read_text(encoding="utf-8")
    unit.write_text(re.sub(r"ExecStart=\S+", "ExecStart=/bin/true", text), encoding="utf-8")
    command = ["systemd-analyze", "verify", str(unit)]
    told = subprocess.run(command, capture_output=True, text=True, check=False)  # noqa: S603  our own file

    assert [line for line in told.stderr.splitlines() if "genkdash@" in line] == []


def test_caddy_finds_the_processes_of_the_units_and_of_the_containers() -> None:
    caddy = {name: (DEPLOY / f"Caddyfile.{name}").read_text(encoding="utf-8") for name in ("processes", "compose")}
    compose = yaml.safe_load((DEPLOY / "compose.yaml").read_text(encoding="utf-8"))
    services = compose["services"]
    ports = re.findall(r"genkdash@(\d+)", GUIDE)

    assert re.findall(r"127\.0\.0\.1:(\d+)", caddy["processes"]) == sorted(set(ports)) == ["8501", "8502", "8503"]
    assert re.findall(r"(app-\d):8501", caddy["compose"]) == sorted(services)[:3]
    assert lines_but(caddy["processes"], "reverse_proxy") == lines_but(caddy["compose"], "reverse_proxy")
    assert "lb_policy cookie genkdash_proces <geheim>" in caddy["processes"]
    assert "./Caddyfile.compose:/etc/caddy/Caddyfile:ro" in services["caddy"]["volumes"]
    # Nobody but the dashboards gets to what they share.
    assert [name for name, service in services.items() if "ports" in service] == ["caddy"]
    assert services["valkey"]["networks"] == ["back"]
    assert services["app-1"] == services["app-2"] == services["app-3"]
    assert "data:/var/lib/genkdash" in services["app-1"]["volumes"]


def test_the_settings_of_the_guide_for_several_processes_are_understood(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    example = (DEPLOY / "secrets.example.toml").read_text(encoding="utf-8")
    table = re.search(r"# (\[genkdash\.shared\])\n# (url = .*)\n", example)
    assert table is not None
    assert table[2] in GUIDE
    file = tmp_path / "secrets.toml"
    file.write_text("\n".join(table.groups()), encoding="utf-8")
    monkeypatch.setenv("GENKDASH_SETTINGS", str(file))

    shared = load_settings().shared
    assert shared.url is not None
    assert shared.url.get_secret_value() == "redis://:<wachtwoord>@127.0.0.1:6379"


@pytest.mark.skipif(find_server() is None, reason="neither redis-server nor valkey-server on this machine")
def test_the_server_that_processes_share_understands_every_line_of_its_settings(tmp_path: Path) -> None:
    file = tmp_path / "valkey.conf"
    text = (DEPLOY / "valkey.conf").read_text(encoding="utf-8").replace("<wachtwoord>", "geheim")
    file.write_text(text.replace("port 6379", f"port 0\nunixsocket {tmp_path}/s\ndir {tmp_path}"), encoding="utf-8")
    with subprocess.Popen([str(find_server()), str(file)], stdout=subprocess.PIPE, text=True) as server:  # noqa: S603  our own file
        assert server.stdout is not None
        told = [next(line for line in server.stdout if "eady to accept" in line or "FATAL" in line)]
        client = Redis.from_url(f"unix://:geheim@{tmp_path}/s")
        assert client.config_get("save")["save"] == ""
        client.close()
        server.kill()
    assert "FATAL" not in told[0]
