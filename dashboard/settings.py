"""Settings of the web process, read once from the environment."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

CHECKOUT = Path(__file__).resolve().parent.parent
WAREHOUSE = f"sqlite:///{CHECKOUT / 'data' / 'warehouse.sqlite'}"
INBOX = CHECKOUT / "data" / "inbox"
BOUNDARIES = CHECKOUT / "data" / "reference" / "boundaries"
REGENCIES = ("64.01", "64.09", "64.08")  # in the order of the switch


@dataclass(frozen=True, slots=True)
class WebSettings:
    """Where the warehouse is, whose house this is, and how it is served (always on the loopback)."""

    database_url: str
    home: str = "64.01"
    port: int = 8050
    workers: int = 2
    threads: int = 4
    assets: Path = CHECKOUT / "assets"
    inbox: Path = INBOX


def whole_number(environ: Mapping[str, str], name: str, default: int) -> int:
    """Read a positive whole number.

    Raises ValueError naming the variable, what was found and what is expected.
    """
    text = environ.get(name, str(default))
    if not text.isdigit() or int(text) == 0:
        raise ValueError(f"{name}: ditemukan {text!r}, seharusnya bilangan bulat positif, misalnya {default}")
    return int(text)


def home_regency(environ: Mapping[str, str]) -> str:
    """Read the home regency's code.

    Raises ValueError naming the variable, what was found and what is expected.
    """
    code = environ.get("PANTAU_HOME", "").strip() or REGENCIES[0]
    if code not in REGENCIES:
        raise ValueError(f"PANTAU_HOME: ditemukan {code!r}, seharusnya salah satu dari {', '.join(REGENCIES)}")
    return code


def from_environment(environ: Mapping[str, str]) -> WebSettings:
    """Build the settings from PANTAU_DATABASE_URL, PANTAU_HOME, PORT, PANTAU_WORKERS and PANTAU_THREADS."""
    return WebSettings(
        database_url=environ.get("PANTAU_DATABASE_URL", "").strip() or WAREHOUSE,
        home=home_regency(environ),
        port=whole_number(environ, "PORT", 8050),
        workers=whole_number(environ, "PANTAU_WORKERS", 2),
        threads=whole_number(environ, "PANTAU_THREADS", 4),
    )
