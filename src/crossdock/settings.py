"""What an operator can set, read from the environment once at start."""

import json
import os
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path


class BadSetting(Exception):
    """A setting has a value that cannot be used; the message names it and says what would be right."""


@dataclass(frozen=True, slots=True)
class OAuthClient:
    """What a vendor knows the operator by.

    `also_at` are origins, such as `http://127.0.0.1:8123`, to which the secret may be sent besides the
    vendor's own: those of a stand-in.
    """

    client_id: str
    client_secret: str = field(repr=False)
    also_at: Sequence[str] = ()


@dataclass(frozen=True, slots=True)
class Settings:
    """The settings of one process. Times are in seconds; limits are per access token, 0 being none."""

    home: Path
    database_url: str
    secret_key: str | None
    allow_private_networks: bool
    option_lifetime: float
    vendor_timeout: float
    write_lease: float
    reads_per_second: int
    writes_per_second: int
    public_url: str
    event_days: int
    first_sync_days: int = 30
    syncs_at_once: int = 4
    carrier_files: Path = Path("carrier-files")
    carrier_inbox: Path | None = None
    largest_carrier_file: int = 2048
    """In MB."""
    keep_requests: int = 7
    """Days."""
    session_idle_minutes: int = 120
    """After which somebody who did nothing has to sign in again."""
    session_hours: int = 24
    """After which everybody has to."""
    oauth_clients: Mapping[str, OAuthClient] = field(default_factory=dict, repr=False)
    """The client id and secret that the operator has at a vendor, by the integration's slug."""

    @property
    def uses_embedded_database(self) -> bool:
        """Whether the database is a SQLite file, whose secret key may lie beside it."""
        return self.database_url.startswith("sqlite")


def load_settings(environ: Mapping[str, str] | None = None) -> Settings:
    """The settings from `environ` (by default the process's own). Raises `BadSetting`."""
    env = os.environ if environ is None else environ
    home = Path(env.get("CROSSDOCK_HOME") or Path.home() / ".crossdock").expanduser().absolute()
    url = env.get("CROSSDOCK_DATABASE_URL") or f"sqlite:///{home / 'crossdock.db'}"
    if not url.startswith(("sqlite:///", "postgresql://", "postgresql+psycopg://")):
        raise BadSetting("CROSSDOCK_DATABASE_URL must begin with sqlite:/// or postgresql://")
    return Settings(
        home=home,
        database_url=url,
        secret_key=env.get("CROSSDOCK_SECRET_KEY") or None,
        allow_private_networks=_flag(env, "CROSSDOCK_ALLOW_PRIVATE_NETWORKS"),
        option_lifetime=_seconds(env, "CROSSDOCK_OPTION_LIFETIME", 600.0),
        vendor_timeout=_seconds(env, "CROSSDOCK_VENDOR_TIMEOUT", 30.0),
        write_lease=_seconds(env, "CROSSDOCK_WRITE_LEASE", 15.0),
        reads_per_second=_count(env, "CROSSDOCK_READS_PER_SECOND", 10),
        writes_per_second=_count(env, "CROSSDOCK_WRITES_PER_SECOND", 50),
        public_url=_url(env, "CROSSDOCK_PUBLIC_URL", "http://127.0.0.1:8000"),
        event_days=_count(env, "CROSSDOCK_EVENT_DAYS", 30, least=1, most=3660),
        first_sync_days=_count(env, "CROSSDOCK_FIRST_SYNC_DAYS", 30, least=1, most=3 * 366),
        syncs_at_once=_count(env, "CROSSDOCK_SYNCS_AT_ONCE", 4, least=1, most=256),
        carrier_files=_folder(env, "CROSSDOCK_CARRIER_FILES") or home / "carrier-files",
        carrier_inbox=_folder(env, "CROSSDOCK_CARRIER_INBOX"),
        largest_carrier_file=_count(env, "CROSSDOCK_LARGEST_CARRIER_FILE", 2048, least=1, most=1_000_000),
        keep_requests=_count(env, "CROSSDOCK_KEEP_REQUESTS", 7, least=1, most=3660),
        session_idle_minutes=_count(env, "CROSSDOCK_SESSION_IDLE_MINUTES", 120, least=1, most=30 * 24 * 60),
        oauth_clients=_oauth_clients(env, "CROSSDOCK_OAUTH_CLIENTS"),
        session_hours=_count(env, "CROSSDOCK_SESSION_HOURS", 24, least=1, most=30 * 24),
    )


def _oauth_clients(env: Mapping[str, str], name: str) -> dict[str, OAuthClient]:
    """From a file, since secrets in an environment are seen by every process that is started from it."""
    text = env.get(name)
    if not text:
        return {}
    try:
        told = json.loads(Path(text).expanduser().read_text())
        return {
            slug: OAuthClient(
                str(one["client_id"]),
                str(one["client_secret"]),
                [str(origin).rstrip("/") for origin in one.get("also_at", ())],
            )
            for slug, one in told.items()
        }
    except (OSError, ValueError, LookupError, TypeError, AttributeError) as error:
        raise BadSetting(
            f'{name} must be the path of a JSON file such as {{"cart/shopify": {{"client_id": "...", '
            '"client_secret": "..."}}'
        ) from error


def _folder(env: Mapping[str, str], name: str) -> Path | None:
    text = env.get(name)
    return Path(text).expanduser().absolute() if text else None


def _flag(env: Mapping[str, str], name: str) -> bool:
    value = env.get(name, "").lower()
    if value in {"1", "true", "yes"}:
        return True
    if value in {"", "0", "false", "no"}:
        return False
    raise BadSetting(f"{name} must be 1 or 0")


def _seconds(env: Mapping[str, str], name: str, default: float) -> float:
    text = env.get(name)
    if not text:
        return default
    try:
        value = float(text)
    except ValueError:
        value = -1.0
    if not 0 < value <= 86_400:
        raise BadSetting(f"{name} must be a number of seconds above 0 and at most 86400")
    return value


def _count(
    env: Mapping[str, str], name: str, default: int, *, least: int = 0, most: int = 1_000_000_000
) -> int:
    text = env.get(name)
    if not text:
        return default
    if not (text.isascii() and text.isdigit() and least <= int(text) <= most):
        none = " (no limit)" if least == 0 else ""
        raise BadSetting(f"{name} must be a whole number from {least}{none} to {most}")
    return int(text)


def _url(env: Mapping[str, str], name: str, default: str) -> str:
    url = env.get(name) or default
    if not url.startswith(("https://", "http://")):
        raise BadSetting(f"{name} must begin with https:// or http://")
    return url.rstrip("/")
