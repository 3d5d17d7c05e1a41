"""What has been configured? Typed settings from the environment, then `.streamlit/secrets.toml`, then defaults.

The environment wins: `GENKDASH_SOURCE`, `GENKDASH_GOOGLE__SERVICE_ACCOUNT_FILE`. In the file everything stands
under `[genkdash]`. `GENKDASH_SETTINGS` names another file. Secrets are masked wherever settings are shown.
"""

import json
import os
import tomllib
from pathlib import Path

from pydantic import BaseModel, ConfigDict, Field, SecretStr, ValidationError
from pydantic_settings import BaseSettings, InitSettingsSource, PydanticBaseSettingsSource, SettingsConfigDict

_FILE = Path(".streamlit/secrets.toml")


class SettingsError(Exception):
    """The settings can't be used. The message names the setting, never its value."""


class GoogleSettings(BaseModel):
    """How to reach Google: a service account, as a key file or as a table in the settings file."""

    model_config = ConfigDict(extra="forbid")

    service_account_file: Path | None = None
    service_account: dict[str, SecretStr] | None = None
    api_url: str = "https://sheets.googleapis.com"

    def credentials(self) -> dict[str, str] | None:
        """Return the service account's fields, or None where none is configured.

        Raises:
            SettingsError: the key file can't be read or is not a key.
        """
        if self.service_account is not None:
            return {name: value.get_secret_value() for name, value in self.service_account.items()}
        if self.service_account_file is None:
            return None
        try:
            fields = json.loads(self.service_account_file.read_text(encoding="utf-8"))
            return {str(name): str(value) for name, value in fields.items()}
        except (OSError, ValueError, AttributeError):
            raise SettingsError(f"google.service_account_file: {self.service_account_file}") from None


class Settings(BaseSettings):
    """All settings. `source` is a sheet's URL or key, a workbook or a CSV folder; None = the example workbook."""

    model_config = SettingsConfigDict(
        env_prefix="GENKDASH_", env_nested_delimiter="__", extra="forbid", hide_input_in_errors=True
    )

    source: str | None = None
    google: GoogleSettings = GoogleSettings()
    data_folder: Path = Path("var")
    watched_seconds: float = Field(default=5, ge=1)
    idle_seconds: float = Field(default=60, ge=5)

    @classmethod
    def settings_customise_sources(
        cls,
        settings_cls: type[BaseSettings],
        init_settings: PydanticBaseSettingsSource,
        env_settings: PydanticBaseSettingsSource,
        dotenv_settings: PydanticBaseSettingsSource,  # noqa: ARG003  pydantic's signature; .env files are not read
        file_secret_settings: PydanticBaseSettingsSource,  # noqa: ARG003  the same for secret folders
    ) -> tuple[PydanticBaseSettingsSource, ...]:
        """Read the environment first, then the file."""
        return init_settings, env_settings, InitSettingsSource(settings_cls, _from_file())


def load_settings() -> Settings:
    """Return the settings of this process.

    Raises:
        SettingsError: a setting is unknown or can't be used.
    """
    try:
        return Settings()
    except ValidationError as error:
        names = ", ".join(".".join(map(str, problem["loc"])) for problem in error.errors(include_input=False))
        raise SettingsError(names) from None


def _from_file() -> dict[str, object]:
    """Return the `[genkdash]` table of the settings file; empty where there is none."""
    path = Path(os.environ.get("GENKDASH_SETTINGS", _FILE))
    try:
        table = tomllib.loads(path.read_text(encoding="utf-8")).get("genkdash", {})
    except FileNotFoundError:
        return {}
    except (OSError, ValueError):
        raise SettingsError(str(path)) from None
    if not isinstance(table, dict):
        raise SettingsError("genkdash")
    return table
