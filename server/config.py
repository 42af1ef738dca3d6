"""The settings of a server: defaults, then a file, then the environment, then options.

Everything is validated at once, so that whoever sets it up reads all the mistakes in one go.
"""

import tomllib
from collections.abc import Mapping
from datetime import timedelta
from pathlib import Path
from typing import Annotated, Any, Literal
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from pydantic import (
    AfterValidator,
    BaseModel,
    BeforeValidator,
    ConfigDict,
    Field,
    StringConstraints,
    ValidationError,
)

from server.services.ports import Rules

PREFIX = "FLOORLINE_"
"""What the names of our environment variables begin with."""
FILE_NAME = "floorline.toml"
DATABASE_NAME = "floorline.db"


class ConfigInvalid(Exception):
    """Settings that cannot be used; every mistake is one line of `errors`."""

    def __init__(self, errors: list[str]) -> None:
        super().__init__("; ".join(errors))
        self.errors = errors


def _known_zone(name: str) -> str:
    try:
        ZoneInfo(name)
    except (ZoneInfoNotFoundError, ValueError, OSError) as unknown:
        raise ValueError("must be the name of a time zone, such as Europe/Berlin") from unknown
    return name


def _database_url(url: str) -> str:
    if url and not url.startswith(("sqlite:///", "postgresql://")):
        raise ValueError("must begin with sqlite:/// or postgresql://")
    return url


def _queue_url(url: str) -> str:
    if url and not url.startswith(("redis://", "rediss://")):
        raise ValueError("must begin with redis:// or rediss://")
    return url


def _split(value: object) -> object:
    """Return a list from the comma-separated text of an environment variable or option."""
    if isinstance(value, str):
        return [part.strip() for part in value.split(",") if part.strip()]
    return value


Origin = Annotated[str, StringConstraints(pattern=r"^https?://[^/\s]+$")]
Reasons = Annotated[
    tuple[Annotated[str, StringConstraints(min_length=1, max_length=60)], ...],
    BeforeValidator(_split),
    Field(min_length=1, max_length=20),
]
Language = Annotated[str, StringConstraints(pattern=r"^[a-z]{2}(_[A-Z]{2})?$")]


class Config(BaseModel):
    """The settings of a server, complete and valid."""

    model_config = ConfigDict(frozen=True, extra="forbid", hide_input_in_errors=True)

    data: Path = Field(
        default_factory=lambda: Path.home() / ".local" / "share" / "floorline",
        description="The folder of the database, the secret key and the settings file.",
    )
    database: Annotated[str, AfterValidator(_database_url)] = Field(
        default="",
        description="URL of the database; empty means an SQLite file in the data folder.",
    )
    host: str = Field(default="127.0.0.1", min_length=1, description="The address to listen on.")
    port: int = Field(
        default=8080, ge=0, le=65535, description="The port; 0 takes any that is free."
    )
    plant_name: str = Field(
        default="Floorline", min_length=1, max_length=60, description="What the plant is called."
    )
    time_zone: Annotated[str, AfterValidator(_known_zone)] = Field(
        default="UTC", description="The time zone of the plant: times are shown in it."
    )
    language: Language = Field(
        default="en", description="The language for readers whose browser asks for none we have."
    )
    paper: Literal["A4", "letter"] = Field(default="A4", description="The size of the paper.")
    badge_seconds: int = Field(
        default=60, ge=5, le=3600, description="How long a badge scan holds for the next action."
    )
    undo_seconds: int = Field(
        default=10, ge=0, le=600, description="How long a report can be taken back at the station."
    )
    message_queue: Annotated[str, AfterValidator(_queue_url)] = Field(
        default="",
        description="URL of the Redis that joins several processes; empty means one process.",
    )
    allowed_origins: Annotated[tuple[Origin, ...], BeforeValidator(_split)] = Field(
        default=(),
        description="Other origins whose pages may connect; the server's own always may.",
    )
    trusted_proxies: int = Field(
        default=0, ge=0, le=5, description="How many proxies stand before the server."
    )
    secure_cookies: bool = Field(
        default=False,
        description="Send cookies over HTTPS only; set it when the server is reached by HTTPS.",
    )
    log_format: Literal["text", "json"] = Field(
        default="text", description="How log lines are written."
    )
    scrap_reasons: Reasons = Field(
        default=("dimension", "surface", "material", "setup piece", "operator error"),
        description="The reasons for scrap that a station offers.",
    )
    rework_reasons: Reasons = Field(
        default=("dimension", "surface", "burr", "missing feature"),
        description="The reasons for rework that a station offers.",
    )
    pause_reasons: Reasons = Field(
        default=("break", "end of shift", "material missing", "machine down", "question"),
        description="The reasons for a pause that a station offers.",
    )
    paper_worker: bool = Field(
        default=True,
        description="Start the paper worker with the server.",
    )

    @property
    def database_url(self) -> str:
        """Return the URL of the database, the default one filled in."""
        return self.database or f"sqlite:///{self.data / DATABASE_NAME}"

    @property
    def may_be_one_of_several(self) -> bool:
        """Tell whether other servers may serve the same plant."""
        return bool(self.message_queue) or not self.database_url.startswith("sqlite:")

    def rules(self, *, demo: bool = False) -> Rules:
        """Return what services need of the settings."""
        return Rules(
            zone=ZoneInfo(self.time_zone),
            plant_name=self.plant_name,
            badge_time=timedelta(seconds=self.badge_seconds),
            undo_time=timedelta(seconds=self.undo_seconds),
            paper=self.paper,
            demo=demo,
        )


Sources = dict[str, tuple[str, Any]]
"""For each setting: where it was set, and to what."""


def load(
    options: Mapping[str, Any], environment: Mapping[str, str], file: Path | None = None
) -> Config:
    """Return the settings, later sources winning; raise ConfigInvalid with every mistake.

    Options that are None were not given. Without a file, `floorline.toml` of the data folder is
    read when it is there.
    """
    given = {name: ("option", value) for name, value in options.items() if value is not None}
    from_environment = _from_environment(environment)
    data = (from_environment | given).get("data", ("", None))[1]
    errors: list[str] = []
    from_file = _from_file(file, Path(data) if data else _default_data(), errors)
    sources: Sources = from_file | from_environment | given
    return _validated(sources, errors)


def _default_data() -> Path:
    return Config().data


def _from_environment(environment: Mapping[str, str]) -> Sources:
    return {
        name.removeprefix(PREFIX).lower(): (name, value)
        for name, value in environment.items()
        if name.startswith(PREFIX)
    }


def _from_file(file: Path | None, data: Path, errors: list[str]) -> Sources:
    path = file or data / FILE_NAME
    if file is None and not path.is_file():
        return {}
    try:
        settings = tomllib.loads(path.read_text(encoding="utf-8"))
    except (OSError, UnicodeDecodeError, tomllib.TOMLDecodeError) as problem:
        errors.append(f"{path}: cannot be read: {problem}")
        return {}
    return {name: (str(path), value) for name, value in settings.items()}


def _validated(sources: Sources, errors: list[str]) -> Config:
    config: Config | None = None
    try:
        config = Config.model_validate({name: value for name, (_, value) in sources.items()})
    except ValidationError as invalid:
        for error in invalid.errors(include_url=False, include_input=False):
            name = str(error["loc"][0])
            source = sources.get(name, ("", None))[0]
            errors.append(f"{name} (from {source}): {_said(error['type'], error['msg'])}")
    if errors or config is None:
        raise ConfigInvalid(errors)
    return config


def _said(kind: str, message: str) -> str:
    if kind == "extra_forbidden":
        return "there is no such setting; docs/configuration.md lists them all"
    return message.removeprefix("Value error, ")
