"""What a database complains about, in words of the one who runs it."""

from __future__ import annotations

from sqlalchemy.exc import SQLAlchemyError

CAUSES = {
    "unable to open database file": "berkasnya tidak dapat dibuat atau dibuka; periksa folder dan izinnya",
    "file is not a database": "berkas itu bukan gudang data Pantau",
    "database is locked": "sedang dipakai proses lain; tunggu sebentar, lalu ulangi",
    "database or disk is full": "ruang disk habis",
    "No space left on device": "ruang disk habis",
    "readonly database": "berkas atau foldernya hanya dapat dibaca; periksa izinnya",
    "malformed": "berkasnya rusak; pulihkan dari cadangan",
    "no such table": "tabelnya belum ada; jalankan: python -m etl migrate",
}


def explain(error: SQLAlchemyError) -> str:
    """Return the cause as an Indonesian phrase; the database's own first line where it is an unknown one."""
    said = str(getattr(error, "orig", None) or type(error).__name__)
    return next((words for key, words in CAUSES.items() if key in said), said.strip().splitlines()[0])
