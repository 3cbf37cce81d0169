"""Settings of the ETL: one table of names, defaults and help, read once from the environment."""

from __future__ import annotations

import re
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
HOME = Setting(
    "PANTAU_HOME",
    "64.01",
    "Kabupaten tuan rumah menurut kode Kemendagri: 64.01 Paser, 64.08 Kutai Timur, 64.09 Penajam Paser Utara.",
)
SETTINGS = (DATABASE_URL, HOME)


@dataclass(frozen=True, slots=True)
class Settings:
    """Where the project lies, where its warehouse is, and which regency is at home."""

    root: Path
    database_url: str
    home: str

    @classmethod
    def from_environment(cls, environ: Mapping[str, str], root: Path) -> Settings:
        """Read the settings of a checkout; an unset or empty variable means its default.

        Raises ValueError naming the variable, what it holds and what it should hold.
        """
        texts = {each.name: environ.get(each.name, "").strip() or each.default for each in SETTINGS}
        url, home = texts[DATABASE_URL.name], texts[HOME.name]
        if "://" not in url:
            raise ValueError(f'{DATABASE_URL.name} berisi "{url}"; tulis alamat lengkap, mis. {DATABASE_URL.default}')
        if not re.fullmatch(r"[0-9]{2}\.[0-9]{2}", home):
            raise ValueError(f'{HOME.name} berisi "{home}"; tulis kode Kemendagri dengan titik, mis. {HOME.default}')
        return cls(root=root, database_url=url.replace("{root}", str(root)), home=home)
