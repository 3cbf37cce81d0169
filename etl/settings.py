"""Settings of the ETL: one table of names, defaults and help, read once from the environment."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path


@dataclass(frozen=True, slots=True)
class Setting:
    """One environment variable; `{root}` in its default stands for the checkout's folder."""

    name: str
    default: str
    help: str


DATABASE_URL = Setting(
    "PANTAU_DATABASE_URL",
    "sqlite:///{root}/data/warehouse.sqlite",
    "Alamat gudang data (SQLAlchemy): berkas SQLite, atau postgresql+psycopg://… untuk PostgreSQL 15.",
)
HOMES = {"64.01": "Paser", "64.08": "Kutai Timur", "64.09": "Penajam Paser Utara"}
HOME = Setting("PANTAU_HOME", "64.01", "Kabupaten tuan rumah menurut kode Kemendagri, yang tampil pertama.")
NOTICES = Setting(
    "PANTAU_NOTICES",
    "",
    "Alamat pemberitahuan (apprise), dipisah koma atau spasi; rahasia, tidak pernah dicatat. Kosong: tidak dikirim.",
)
MOST_RUNS = 16  # each is a process of some 100 MB
RUNS = Setting("PANTAU_RUNS", "2", f"Banyaknya kiriman yang diterima penjadwal sekaligus, paling banyak {MOST_RUNS}.")
SETTINGS = (DATABASE_URL, HOME, NOTICES, RUNS)


@dataclass(frozen=True, slots=True)
class Settings:
    """Where the project lies, where its warehouse is, which regency is at home, and how many feeds run at once."""

    root: Path
    database_url: str
    home: str
    runs: int

    @classmethod
    def from_environment(cls, environ: Mapping[str, str], root: Path) -> Settings:
        """Read the settings of a checkout; an unset or empty variable means its default.

        Raises ValueError naming the variable, what it holds and what it should hold.
        """
        texts = {each.name: environ.get(each.name, "").strip() or each.default for each in SETTINGS}
        url, home = texts[DATABASE_URL.name], texts[HOME.name]
        if "://" not in url:  # not repeated: it may hold a password
            raise ValueError(f"{DATABASE_URL.name} bukan alamat lengkap; tulis misalnya {DATABASE_URL.default}")
        if home not in HOMES:
            known = ", ".join(f"{code} {name}" for code, name in HOMES.items())
            raise ValueError(f'{HOME.name} berisi "{home}"; pilihannya: {known}.')
        return cls(root, url.replace("{root}", str(root)), home, _read_runs(texts[RUNS.name]))


def _read_runs(text: str) -> int:
    if not (text.isascii() and text.isdigit() and 1 <= int(text) <= MOST_RUNS):
        raise ValueError(f'{RUNS.name} berisi "{text}"; tulis bilangan bulat, 1 sampai {MOST_RUNS}.')
    return int(text)
