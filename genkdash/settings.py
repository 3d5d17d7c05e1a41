"""What has been configured? Typed settings from the environment, then `.streamlit/secrets.toml`, then defaults.

The environment wins: `GENKDASH_SOURCE`, `GENKDASH_GOOGLE__SERVICE_ACCOUNT_FILE`. In the file everything stands
under `[genkdash]`, but for `[auth]`, which is Streamlit's own table for sign-in. `GENKDASH_SETTINGS` names another
file. Secrets and what concerns a person are masked wherever settings are shown.
"""

import json
import os
import tomllib
from collections.abc import Mapping
from pathlib import Path
from typing import Any, Literal, Self
from urllib.parse import urlsplit

from pydantic import BaseModel, ConfigDict, Field, SecretStr, ValidationError, field_validator, model_validator
from pydantic_settings import BaseSettings, InitSettingsSource, PydanticBaseSettingsSource, SettingsConfigDict

SETTINGS_FILE = Path(".streamlit/secrets.toml")
"""Where the settings stand unless `GENKDASH_SETTINGS` says otherwise; from the folder the process runs in."""


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


class StaffMember(BaseModel):
    """One of the city's staff, by a mark that the provider vouches for; exactly one of the three.

    At Microsoft Entra that is the object id `oid`, or `upn` where the tenant sends that claim, within the `tenant`
    (its GUID). At Google it is the address of a verified e-mail.
    """

    model_config = ConfigDict(extra="forbid", frozen=True)

    provider: str = Field(min_length=1)
    tenant: str | None = Field(default=None, min_length=1, repr=False)
    oid: str | None = Field(default=None, min_length=1, repr=False)
    upn: str | None = Field(default=None, min_length=1, repr=False)
    email: str | None = Field(default=None, min_length=1, repr=False)

    @model_validator(mode="after")
    def _has_one_mark(self) -> Self:
        """Refuse a row that would mean nobody, or leaves open who."""
        if len([mark for mark in (self.oid, self.upn, self.email) if mark is not None]) != 1:
            raise ValueError("exactly one of oid, upn, email")
        if (self.tenant is None) != (self.email is not None):
            raise ValueError("oid and upn go with a tenant, email goes without")
        return self


class AccessSettings(BaseModel):
    """Who gets in over the network. `public_url` is the address that people type; the staff list stands only here.

    `labels` holds what a provider is called on the sign-in page, by its name in `[auth]`.
    """

    model_config = ConfigDict(extra="forbid", frozen=True)

    public_url: str | None = None
    staff: tuple[StaffMember, ...] = Field(default=(), repr=False)
    influencer_provider: str = "google"
    staff_hours: float = Field(default=12, gt=0, le=24)
    labels: Mapping[str, str] = {}


class LogSettings(BaseModel):
    """Whether people log posts and tips from their phone, which asks Google for the right to write in the sheet."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    enabled: bool = False
    daily_limit: int = Field(default=20, ge=1)


class MonitoringSettings(BaseModel):
    """How the server can be watched. `metrics_port` is one of 127.0.0.1, None for no metrics.

    `log_lines` are written for people, or as JSON, one object a line, for a program that collects them.
    """

    model_config = ConfigDict(extra="forbid", frozen=True)

    metrics_port: int | None = Field(default=None, ge=1, le=65535)
    log_lines: Literal["text", "json"] = "text"


class SharedSettings(BaseModel):
    """Where several processes of the dashboard share one reader: the address of a Redis or Valkey server, or None.

    `redis://`, `rediss://` (encrypted) or `unix://`, with the password in it; without options after a question mark.
    """

    model_config = ConfigDict(extra="forbid", frozen=True)

    url: SecretStr | None = None

    @field_validator("url")
    @classmethod
    def _is_understood(cls, url: SecretStr | None) -> SecretStr | None:
        """Refuse what no server stands at. The message holds nothing of it."""
        if url is None or not url.get_secret_value():
            return None
        try:
            parts = urlsplit(url.get_secret_value())
            has_place = bool(parts.path if parts.scheme == "unix" else parts.hostname and parts.port != 0)
        except ValueError:
            has_place = False
        else:
            has_place = has_place and not parts.query
        if not has_place or parts.scheme not in {"redis", "rediss", "unix"}:
            raise ValueError("no address of a Redis or Valkey server")
        return url


class Settings(BaseSettings):
    """All settings. `source` is a sheet's URL or key, a workbook or a CSV folder; None = the example workbook."""

    model_config = SettingsConfigDict(
        env_prefix="GENKDASH_", env_nested_delimiter="__", extra="forbid", hide_input_in_errors=True
    )

    source: str | None = None
    google: GoogleSettings = GoogleSettings()
    data_folder: Path = Path("var")
    assets_folder: Path | None = None
    """Where the compressed files of the page are kept, for several servers if need be; None = in the data folder."""
    watched_seconds: float = Field(default=5, ge=1)
    idle_seconds: float = Field(default=60, ge=5)
    log: LogSettings = LogSettings()
    shared: SharedSettings = SharedSettings()
    monitoring: MonitoringSettings = MonitoringSettings()
    access: AccessSettings | None = None
    auth: dict[str, Any] | None = Field(default=None, repr=False)
    """Streamlit's `[auth]` as it stands in the file; `access/providers.py` reads it."""

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


def settings_file() -> Path:
    """Return where the settings file stands, whether it is there or not."""
    return Path(os.environ.get("GENKDASH_SETTINGS", SETTINGS_FILE))


def _from_file() -> dict[str, object]:
    """Return the `[genkdash]` table of the settings file, with `[auth]` beside it; empty where there is none."""
    path = settings_file()
    try:
        document = tomllib.loads(path.read_text(encoding="utf-8"))
    except FileNotFoundError:
        return {}
    except (OSError, ValueError):
        raise SettingsError(str(path)) from None
    table = document.get("genkdash", {})
    if not isinstance(table, dict):
        raise SettingsError("genkdash")
    return {**table, "auth": document["auth"]} if "auth" in document else table
