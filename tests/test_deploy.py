"""Do the files in deploy/ say what the program understands?"""

import re
import shutil
import subprocess
import tomllib
from pathlib import Path

import pytest

from genkdash.access.mode import AccessError, access_mode
from genkdash.settings import load_settings

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
