"""What may be said of personal data: where they stand, by column letters and censored names, never what they are."""

from __future__ import annotations

from collections.abc import Iterable

from etl.catalogue.names import censored


def personal_place(sheet: str | None, letters: Iterable[str]) -> str | None:
    """Say where a sheet shows personal data: in its name, in columns; None where nowhere."""
    name, columns = censored(sheet or "berkas"), ", ".join(letters)
    said = [f"nama lembar {name}"] if name != (sheet or "berkas") else []
    return ", ".join(said + ([f"{name} kolom {columns}"] if columns else [])) or None
