"""One error of the catalogue's files: what, where, found, allowed, and the next step, in one Indonesian line."""

from __future__ import annotations

import difflib
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

LONG_LIST = 12
MEANINGS = {
    **{"naik": "higher", "tinggi": "higher", "up": "higher", "turun": "lower", "rendah": "lower", "down": "lower"},
    **{"rentang": "range", "kategori": "category", "tanpa": "none", "inti": "core", "utama": "core"},
    **{"pendukung": "supporting", "tahun": "year", "tahunan": "year", "triwulan": "quarter", "bulan": "month"},
    **{"bulanan": "month", "hari": "day", "harian": "day", "public": "publik", "realisasi": "realisation"},
    **{"rencana": "plan", "sementara": "preliminary", "tetap": "final", "ya": "true", "tidak": "false"},
    **{"yes": "true", "no": "false", "on": "true", "off": "false"},
    **{"senin": "mon", "selasa": "tue", "rabu": "wed", "kamis": "thu", "jumat": "fri", "sabtu": "sat", "minggu": "sun"},
}


@dataclass(frozen=True, slots=True)
class CatalogueError:
    """`file` relative to the project, `line` 1-based (None: the whole file), `path` readable, `found` as written.

    `found` is None where something is missing. `allowed` lists the valid words, or says in one text what is expected.
    """

    file: str
    line: int | None
    path: str
    found: str | None
    allowed: tuple[str, ...] = ()
    nearest: str | None = None
    remedy: str | None = None

    def __str__(self) -> str:
        place = self.file if self.line is None else f"{self.file} baris {self.line}"
        place = f"{place}, {self.path}" if self.path else place
        parts = ["belum ada" if self.found is None else f'ditemukan "{self.found}"']
        if self.allowed:
            parts.append(f"yang sah: {_listed(self.allowed)}")
        sentences = [f"{place}: {', '.join(parts)}."]
        if self.nearest:
            sentences.append(f'Maksud Anda "{self.nearest}"?')
        if self.remedy:
            sentences.append(self.remedy)
        return " ".join(sentences)


class CatalogueErrors(Exception):  # noqa: N818 (it holds many)
    """All errors of all files of a catalogue, ordered by file and line."""

    def __init__(self, errors: Iterable[CatalogueError]) -> None:
        self.errors = sorted(errors, key=lambda each: (each.file, each.line or 0, each.path))
        super().__init__(self.errors)

    def __str__(self) -> str:
        return "\n".join(map(str, self.errors))


def nearest_word(found: str, allowed: Sequence[str]) -> str | None:
    """Return the allowed word that was probably meant: by spelling, or by its Indonesian meaning."""
    meaning = MEANINGS.get(found.casefold())
    if meaning in allowed:
        return meaning
    folded = {each.casefold(): each for each in reversed(allowed)}
    close = difflib.get_close_matches(found.casefold(), folded, n=1, cutoff=0.6)
    return folded[close[0]] if close else None


def _listed(allowed: Sequence[str]) -> str:
    if len(allowed) <= LONG_LIST:
        return ", ".join(allowed)
    return f"{', '.join(allowed[:LONG_LIST])} dan {len(allowed) - LONG_LIST} lainnya"
