"""What an operator can set: typed settings from ENGAGE_* over defaults that run."""

from __future__ import annotations

from ipaddress import IPv4Network, IPv6Network
from pathlib import Path

from pydantic import Field, SecretStr
from pydantic_settings import BaseSettings, SettingsConfigDict

PACKAGE = Path(__file__).resolve().parent.parent

DEFAULT_LIMITS = {
    "idea": "30/hour",
    "draft": "300/hour",
    "follow": "20/hour",
    "support": "60/hour",
    "survey": "300/hour",
    "sign_up": "60/hour",
    "application": "60/hour",
    "interest": "60/hour",
    "event_feedback": "60/hour",
    "page_answer": "60/hour",
    "reading_round": "300/hour",
    "door": "3000/hour",
    "resume": "20/hour",
    "notice": "60/hour",
    "sign_in": "20/hour",
    "sign_in_mail": "5/hour",
    "password": "10/hour",
    "second_factor": "5/15minutes",
    "invitation": "20/hour",
    "parked": "20/hour",
    "way_out": "10/hour",
}


class Settings(BaseSettings):
    """Settings of one centre's site; every field is read from ENGAGE_<NAME>."""

    model_config = SettingsConfigDict(env_prefix="ENGAGE_", extra="ignore")

    data: Path = Path("data")
    database_url: str | None = None
    base_url: str = "http://127.0.0.1:8000"
    demo: bool = False
    testing: bool = False

    smtp_host: str = ""
    smtp_port: int = 25
    smtp_user: str = ""
    smtp_password: SecretStr = SecretStr("")
    smtp_tls: bool = False
    mail_from: str = "engage@localhost"
    sms_command: str = ""

    trusted_proxies: list[IPv4Network | IPv6Network] = Field(default_factory=list)
    limits: dict[str, str] = Field(default_factory=dict)
    staff_second_factor: bool = True
    staff_idle_minutes: int = 20
    max_upload_bytes: int = 8_000_000
    threads: int = 4
    backup_max_age_hours: int = 48

    @property
    def sqlalchemy_url(self) -> str:
        """The database address, always naming the psycopg driver on PostgreSQL."""
        url = self.database_url or f"sqlite:///{(self.data / 'engage.db').resolve()}"
        for short in ("postgresql://", "postgres://"):
            if url.startswith(short):
                return "postgresql+psycopg://" + url.removeprefix(short)
        return url

    @property
    def files(self) -> Path:
        return self.data / "files"

    @property
    def on_tls(self) -> bool:
        return self.base_url.startswith("https://")

    def limit(self, name: str) -> str:
        return self.limits.get(name) or DEFAULT_LIMITS[name]


def shipped(folder: str) -> Path:
    """Where `migrations` or `translations` stand: inside the wheel, else beside the package in a checkout."""
    beside = PACKAGE.parent / folder
    return beside if beside.is_dir() and (PACKAGE.parent / "pyproject.toml").is_file() else PACKAGE / folder
