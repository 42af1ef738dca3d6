"""The settings: where they come from, who wins, and every mistake at once."""

from datetime import timedelta
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest

from server.config import Config, ConfigInvalid, load


def write(path: Path, text: str) -> Path:
    """Return a settings file with this text."""
    path.write_text(text, encoding="utf-8")
    return path


def test_without_any_settings_the_defaults_serve_this_machine_alone(tmp_path: Path) -> None:
    config = load({"data": str(tmp_path)}, {})

    assert (config.host, config.port) == ("127.0.0.1", 8080)
    assert config.database_url == f"sqlite:///{tmp_path}/floorline.db"


def test_options_win_over_the_environment_and_that_over_the_file(tmp_path: Path) -> None:
    write(tmp_path / "floorline.toml", 'port = 1\nplant_name = "File"\nlanguage = "fr"')
    environment = {"FLOORLINE_DATA": str(tmp_path), "FLOORLINE_PORT": "2", "FLOORLINE_PAPER": "A4"}
    environment["FLOORLINE_PLANT_NAME"] = "Environment"

    config = load({"port": "3", "plant_name": None}, environment)

    assert (config.port, config.plant_name, config.language) == (3, "Environment", "fr")


def test_another_file_can_be_named(tmp_path: Path) -> None:
    file = write(tmp_path / "other.toml", "port = 9000")

    assert load({"data": str(tmp_path)}, {}, file).port == 9000


def test_every_mistake_is_told_at_once_with_its_source(tmp_path: Path) -> None:
    write(tmp_path / "floorline.toml", 'paper = "A5"\ncolour = "red"')
    options = {"data": str(tmp_path), "port": "99999", "database": "mysql://here"}

    with pytest.raises(ConfigInvalid) as raised:
        load(options, {"FLOORLINE_TIME_ZONE": "Mars/Crater", "FLOORLINE_BADGE_SECONDS": "soon"})

    errors = "\n".join(sorted(raised.value.errors))
    assert len(raised.value.errors) == 6
    assert "badge_seconds (from FLOORLINE_BADGE_SECONDS)" in errors
    assert f"colour (from {tmp_path}/floorline.toml): there is no such setting" in errors
    assert "database (from option): must begin with sqlite:/// or postgresql://" in errors
    assert f"paper (from {tmp_path}/floorline.toml)" in errors
    assert "port (from option)" in errors
    assert "time_zone (from FLOORLINE_TIME_ZONE): must be the name of a time zone" in errors


def test_a_password_in_a_wrong_address_is_not_repeated(tmp_path: Path) -> None:
    options = {"data": str(tmp_path), "database": "mysql://root:secret@db/plant"}

    with pytest.raises(ConfigInvalid) as raised:
        load(options, {})

    assert "secret" not in str(raised.value)


@pytest.mark.parametrize("text", ["port = ", "[[[", "\x00", 'port = "a'])
def test_a_file_that_is_no_toml_is_named(tmp_path: Path, text: str) -> None:
    write(tmp_path / "floorline.toml", text)

    with pytest.raises(ConfigInvalid, match=r"floorline\.toml: cannot be read"):
        load({"data": str(tmp_path)}, {})


def test_a_file_that_was_named_has_to_be_there(tmp_path: Path) -> None:
    with pytest.raises(ConfigInvalid, match="cannot be read"):
        load({}, {}, tmp_path / "nowhere.toml")


def test_lists_are_written_with_commas_or_as_lists(tmp_path: Path) -> None:
    write(tmp_path / "floorline.toml", 'scrap_reasons = ["burnt", "bent"]')
    environment = {"FLOORLINE_ALLOWED_ORIGINS": "https://a.example, https://b.example:8443"}

    config = load({"data": str(tmp_path), "pause_reasons": "lunch"}, environment)

    assert config.scrap_reasons == ("burnt", "bent")
    assert config.pause_reasons == ("lunch",)
    assert config.allowed_origins == ("https://a.example", "https://b.example:8443")


@pytest.mark.parametrize(
    "setting",
    [
        {"allowed_origins": "evil.example"},
        {"allowed_origins": "https://a.example/path"},
        {"language": "English"},
        {"message_queue": "amqp://x"},
        {"port": "-1"},
        {"port": "http"},
        {"trusted_proxies": "9"},
        {"secure_cookies": "perhaps"},
        {"plant_name": ""},
        {"scrap_reasons": ""},
        {"undo_seconds": "-1"},
        {"log_format": "xml"},
        {"time_zone": "../../etc/passwd"},
    ],
)
def test_a_value_that_cannot_be_used_is_refused(setting: dict[str, str], tmp_path: Path) -> None:
    with pytest.raises(ConfigInvalid, match=next(iter(setting))):
        load({"data": str(tmp_path), **setting}, {})


def test_services_get_what_they_need_of_the_settings() -> None:
    config = Config(time_zone="Europe/Berlin", badge_seconds=30, undo_seconds=5, paper="letter")

    rules = config.rules(demo=True)

    assert rules.zone == ZoneInfo("Europe/Berlin")
    assert (rules.badge_time, rules.undo_time) == (timedelta(seconds=30), timedelta(seconds=5))
    assert (rules.paper, rules.demo) == ("letter", True)


def test_variables_of_others_are_none_of_ours(tmp_path: Path) -> None:
    environment = {"FLOORLINE_DATA": str(tmp_path), "PORT": "1", "MYFLOORLINE_PORT": "2"}

    assert load({}, environment).port == 8080
