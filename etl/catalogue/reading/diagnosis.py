"""From a failed validation to errors a clerk can act on: the place, the valid words, the next step."""

from __future__ import annotations

import re
from typing import Any

from pydantic import BaseModel, ValidationError

from etl.catalogue.reading.partial import bare, member
from etl.catalogue.reading.problem import CatalogueError
from etl.catalogue.reading.source import Path, Source, child

EXPECTED = {
    "string_type": "teks",
    "string_too_short": "teks yang tidak kosong",
    "decimal_parsing": "angka, misalnya 1234.5",
    "decimal_type": "angka, misalnya 1234.5",
    "int_parsing": "bilangan bulat",
    "int_type": "bilangan bulat",
    "int_from_float": "bilangan bulat",
    "date_type": "tanggal, misalnya 2024-08-31",
    "date_from_datetime_parsing": "tanggal yang ada dalam kalender",
    "tuple_type": "daftar",
    "dict_type": "kelompok kunci: nilai",
    "model_type": "kelompok kunci: nilai",
}
EXAMPLE = {"source": "asal angka (judul dan alamat)", "plan": "id dokumen pada plans", "provenance": "asal keterangan"}


def diagnose(error: ValidationError, source: Source, annotation: Any, prefix: Path = ()) -> list[CatalogueError]:
    """Translate every fault; `prefix` leads from the file's root to what was validated."""
    found: dict[Path, CatalogueError] = {}
    for each in error.errors(include_url=False):
        place = _reachable(source.tree, (*prefix, *each["loc"]), each["type"])
        found.setdefault(place, _translate(each, source, place, annotation, prefix))
    return list(found.values())


def _reachable(tree: Any, path: Path, kind: str) -> Path:
    """Cut what pydantic adds behind the file's own path, such as the tried member of a union."""
    for length, step in enumerate(path):
        inside = isinstance(tree, dict) and step in tree
        if not inside and not (isinstance(tree, list) and isinstance(step, int)):
            return path[: length + 1] if kind == "missing" else path[:length]
        tree = child(tree, step)
    return path


def _translate(error: Any, source: Source, place: Path, annotation: Any, prefix: Path) -> CatalogueError:
    kind, key = error["type"], str(place[-1]) if place else ""
    if kind == "missing":
        value = EXAMPLE.get(key, "…")
        return source.error(place, None, (), f'Tambahkan "{key}: {value}".')
    if kind == "extra_forbidden":
        allowed = _keys(annotation, place[len(prefix) : -1])
        return source.error(place, key, allowed, "Perbaiki atau hapus kunci ini.")
    found = _shown(error["input"])
    if kind == "literal_error":
        return source.error(place, found, tuple(re.findall("'([^']*)'", error["ctx"]["expected"])))
    allowed = ("true", "false") if kind == "bool_type" else (_expected(error),)
    return source.error(place, found, allowed, _advice(found, kind))


def _keys(annotation: Any, path: Path) -> tuple[str, ...]:
    """Return the keys that the model at a path may have."""
    for step in path:
        annotation = member(annotation, step)
    model = bare(annotation)
    return tuple(model.model_fields) if isinstance(model, type) and issubclass(model, BaseModel) else ()


def _shown(value: Any) -> str:
    if value is None:
        return "kosong"
    if isinstance(value, bool):
        return str(value).lower()
    if isinstance(value, dict):
        return "kelompok kunci"
    return "daftar" if isinstance(value, list) else str(value)


def _advice(found: str, kind: str) -> str | None:
    if kind == "string_type" and found in ("true", "false"):
        return f'Tulis di antara tanda kutip: "{found}".'
    return None


def _expected(error: Any) -> str:
    context = error.get("ctx", {})
    match error["type"]:
        case "value_error":
            return str(context["error"])
        case "string_pattern_mismatch":
            return "huruf kecil, angka, titik, - dan _, tanpa spasi"
        case "greater_than":
            return f"lebih dari {context['gt']}"
        case "greater_than_equal":
            return f"paling sedikit {context['ge']}"
        case "less_than_equal":
            return f"paling banyak {context['le']}"
        case kind:
            return EXPECTED.get(kind, "nilai lain")
