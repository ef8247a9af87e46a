"""Every setting, read from `LIAISON_*` environment variables: the only module that reads the environment."""

from __future__ import annotations

from functools import lru_cache
from pathlib import Path
from typing import Annotated, Literal

from platformdirs import user_data_path
from pydantic import Field, SecretStr, ValidationError, field_validator
from pydantic_settings import BaseSettings, NoDecode, SettingsConfigDict

__all__ = ["Settings", "SettingsError", "load_settings"]

KIB = 1024
MIB = 1024 * KIB


class SettingsError(Exception):
    """A setting has a value it cannot have; the text names the variable, never its value."""


class Settings(BaseSettings):
    """What can be configured; each field is the variable `LIAISON_<FIELD>`. See docs/operations.md."""

    model_config = SettingsConfigDict(env_prefix="LIAISON_", extra="ignore", frozen=True)

    neo4j_uri: str | None = Field(None, description="address of a Neo4j; empty: the embedded engine")
    neo4j_user: str | None = Field(None, description="its user")
    neo4j_password: SecretStr | None = Field(None, description="its password")
    neo4j_database: str | None = Field(None, description="its database; empty: the server's default")
    data_dir: Path = Field(
        default_factory=lambda: user_data_path("liaison"),
        description="where the embedded engine and uploads are kept",
    )
    engine_memory: str = Field(
        "1g", pattern=r"^[1-9][0-9]*[kmgKMG]$", description="heap limit of the embedded engine"
    )

    privacy_key: SecretStr | None = Field(
        None,
        description="keys the fingerprints of people who must not be stored; empty: made in the data folder",
    )

    retention_months: int = Field(
        36,
        ge=1,
        le=600,
        description="months after the last contact from somebody before they are due for deletion",
    )

    max_body_bytes: int = Field(256 * KIB, ge=1 * KIB, description="largest request body, uploads aside")
    max_upload_bytes: int = Field(1024 * MIB, ge=1 * KIB, description="largest upload to /imports, all files")
    max_upload_files: int = Field(100, ge=1, description="most files in one upload")
    max_depth: int = Field(15, ge=1, description="deepest GraphQL operation")
    max_aliases: int = Field(30, ge=1, description="most aliases in one operation")
    max_same_field: int = Field(30, ge=1, description="most times one field in one selection, expanded")
    max_directives: int = Field(5, ge=0, description="most directives in one operation")
    max_operation_cost: int = Field(10_000, ge=1, description="highest cost of one operation")
    cost_per_minute: int = Field(60_000, ge=1, description="cost one key may spend in a minute")
    requests_per_minute: int = Field(1_200, ge=1, description="requests one key may make in a minute")
    failed_logins_per_minute: int = Field(
        60, ge=1, description="requests with a wrong key from one address in a minute"
    )
    deadline_seconds: float = Field(8.0, gt=0, description="longest a GraphQL request may take")
    max_subscriptions: int = Field(20, ge=1, description="most open subscriptions of one key")

    cors_origins: Annotated[tuple[str, ...], NoDecode] = Field(
        (), description="origins (comma separated) a browser may call from; empty: none"
    )
    key_cache_seconds: float = Field(
        5.0, ge=0, le=60, description="how long a key's rights are remembered; a revoked key works no longer"
    )
    derive_at_hour: int = Field(3, ge=0, le=23, description="hour (UTC) of the daily derivation pass")
    log_level: Literal["debug", "info", "warning", "error"] = Field("info", description="least level logged")
    log_format: Literal["auto", "json", "text"] = Field(
        "auto", description="auto: text on a terminal, JSON lines elsewhere"
    )

    @field_validator("cors_origins", mode="before")
    @classmethod
    def _split(cls, value: object) -> object:
        if isinstance(value, str):
            return tuple(part.strip().rstrip("/") for part in value.split(",") if part.strip())
        return value

    @field_validator("cors_origins")
    @classmethod
    def _origins(cls, value: tuple[str, ...]) -> tuple[str, ...]:
        for origin in value:
            if not origin.startswith(("http://", "https://")) or origin.count("/") != 2:
                raise ValueError("an origin reads https://host or https://host:port, without a path or *")
        return value

    @field_validator(
        "neo4j_uri", "neo4j_user", "neo4j_password", "neo4j_database", "privacy_key", mode="before"
    )
    @classmethod
    def _empty_is_none(cls, value: object) -> object:
        return None if value == "" else value

    @field_validator("data_dir", mode="before")
    @classmethod
    def _home(cls, value: object) -> object:
        if value == "":
            return user_data_path("liaison")
        return Path(value).expanduser() if isinstance(value, str) else value

    @property
    def neo4j_secret(self) -> str | None:
        """The password as the driver wants it."""
        return self.neo4j_password.get_secret_value() if self.neo4j_password else None

    @property
    def audit_dir(self) -> Path:
        """Where audit events wait while no engine takes them."""
        return self.data_dir / "audit"

    @property
    def spool_dir(self) -> Path:
        """Where uploads wait until they are imported."""
        return self.data_dir / "spool"


@lru_cache(maxsize=1)
def load_settings() -> Settings:
    """Read the environment once; `SettingsError` names each variable that cannot be used and why."""
    try:
        return Settings()
    except ValidationError as error:
        said = "; ".join(
            f"LIAISON_{str(each['loc'][0]).upper() if each['loc'] else '?'}: {each['msg']}"
            for each in error.errors(include_input=False, include_url=False)
        )
        raise SettingsError(f"settings that cannot be used: {said}") from None
