"""Settings come from the environment, with defaults that need none."""

from __future__ import annotations

from pathlib import Path

import pytest

from etl.settings import SETTINGS, Settings

ROOT = Path("proyek")


def test_defaults_need_no_environment() -> None:
    settings = Settings.from_environment({"PANTAU_HOME": " "}, ROOT)
    assert settings == Settings(ROOT, "sqlite:///proyek/data/warehouse.sqlite", "64.01", 2)


def test_the_environment_decides() -> None:
    address = "postgresql+psycopg://pantau@localhost/pantau"
    environ = {"PANTAU_HOME": "64.08", "PANTAU_DATABASE_URL": address, "PANTAU_RUNS": "3"}
    settings = Settings.from_environment(environ, ROOT)
    assert settings.home == "64.08"
    assert settings.database_url == address
    assert settings.runs == 3


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("PANTAU_HOME", "6401"),
        ("PANTAU_HOME", "Paser"),
        ("PANTAU_HOME", "99.99"),
        ("PANTAU_DATABASE_URL", "data/gudang.sqlite"),
        ("PANTAU_RUNS", "0"),
        ("PANTAU_RUNS", "-1"),
        ("PANTAU_RUNS", "dua"),
        ("PANTAU_RUNS", "17"),
    ],
)
def test_a_wrong_setting_is_named(name: str, value: str) -> None:
    with pytest.raises(ValueError, match=name) as caught:
        Settings.from_environment({name: value}, ROOT)
    # An address is not repeated: it may hold a password.
    assert (f'"{value}"' in str(caught.value)) == (name != "PANTAU_DATABASE_URL")


def test_each_setting_has_a_name_and_help() -> None:
    assert all(each.name.startswith("PANTAU_") and each.help.endswith(".") for each in SETTINGS)
