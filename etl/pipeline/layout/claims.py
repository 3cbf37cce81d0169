"""What heads and titles say against the layout: another unit, a target, a sum over months, another month."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import Any

from etl.catalogue.declared_layout import PATH
from etl.catalogue.models import Indicator
from etl.catalogue.names import fold_name
from etl.pipeline.layout.figure_cells import Doubt
from etl.pipeline.layout.head_words import PARENTHESES, achieves, speaks_of_budget, speaks_of_target
from etl.pipeline.layout.table_context import speaks_of_sum

MONEY = {
    **{"rp juta": "juta Rp", "juta rupiah": "juta Rp", "rp miliar": "miliar Rp", "miliar rupiah": "miliar Rp"},
    **{"rp milyar": "miliar Rp", "milyar rupiah": "miliar Rp", "rp triliun": "triliun Rp"},
    **{"triliun rupiah": "triliun Rp", "rupiah": "Rp", "ribu rupiah": "ribu Rp", "rp ribu": "ribu Rp"},
}
SCALES = (
    (3, re.compile(r"\bribu(?:an)?\b|\bthousands?\b|(?<![\d.,])000\b")),
    (6, re.compile(r"\bjuta(?:an)?\b|\bmillions?\b")),
    (9, re.compile(r"\bmil[iy]ar(?:an)?\b|\bbillions?\b")),
    (12, re.compile(r"\btriliun\b|\btrillions?\b")),
)
BARE = re.compile(r"(?:dalam |in )?(?:satuan )?(?:\w+an|000|thousands|millions)")  # a scale and no unit beside it
SPOKEN = re.compile(r"\bdalam ((?:ribu|juta|mil[iy]ar|triliun)\w*(?: (?:rupiah|rp|jiwa|orang|us\$))?)")
EARLIER = re.compile(r"\b(?:bulan|tahun|triwulan|semester|periode) (?:lalu|sebelumnya)\b")
SKIP = "Sebutkan judulnya pada `skip`, dan kirim angka periode itu sendiri."
TARGET = "Isi `kind: target` dan `plan` pada `fill`, atau sebutkan judulnya pada `skip` bila tidak dimuat."


def contradicted(
    record: Mapping[str, Any], indicator: Indicator | None, path: Sequence[str], titles: Sequence[str]
) -> Doubt | None:
    """Doubt a figure whose heads, or titles, say something else of it than the layout does."""
    if indicator is None:
        return None
    claims = (_unit(indicator, record["unit"], path, titles), _kind(indicator, record["kind"], path, titles))
    return next((each for each in (*claims, _span(indicator, path)) if each), None)


def _unit(indicator: Indicator, unit: str | None, path: Sequence[str], titles: Sequence[str]) -> Doubt | None:
    known = {fold_name(each): factor for each, factor in indicator.units.items()} | {fold_name(indicator.unit): 1}
    declared = fold_name(unit or indicator.unit)
    heads, lines = list(_units_told(path)), list(_units_told(titles))
    nearest = heads if heads or any("%" in part for part in path) else lines
    for each in (*heads, *lines):
        word = fold_name(MONEY.get(each, each))
        other = known[word] != known.get(declared, known[word]) if word in known else False
        if other or (each in nearest and word not in known and _other_scale(each, declared, known)):
            sentence = (
                f"judul menyebut satuan “{each}”, sedangkan layout menyatakan “{unit or indicator.unit}”. Samakan."
            )
            return Doubt("satuan-judul", "value", sentence)
    return None


def _units_told(texts: Sequence[str]) -> Iterator[str]:
    for text in texts:
        yield from (fold_name(each) for each in PARENTHESES.findall(text))
        yield from SPOKEN.findall(fold_name(text))


def _other_scale(told: str, declared: str, known: Mapping[str, object]) -> bool:
    """Tell whether a unit in no catalogue's words is thousands or millions, and the declared one is not."""
    scale = _scale(told)
    ours = scale in {_scale(each) for each in known} or (BARE.fullmatch(told) is not None and "%" not in known)
    return scale is not None and ours and scale != _scale(declared)


def _scale(text: str) -> int | None:
    return next((scale for scale, words in SCALES if words.search(text)), None)


def _kind(indicator: Indicator, kind: str | None, path: Sequence[str], titles: Sequence[str]) -> Doubt | None:
    if kind:
        return None
    told = next((texts for texts in (path, titles) if speaks_of_target(texts) or achieves(texts)), ())
    budget = speaks_of_budget(path) and not speaks_of_budget([indicator.name.id])
    if not (budget or speaks_of_target(told)):
        return None
    head = PATH.join(path if budget else told)
    sentence = (
        f"judul “{head}” menyebut target atau anggaran, sedangkan layout tidak menyatakan jenis angkanya. {TARGET}"
    )
    return Doubt("target-tanpa-jenis", "value", sentence)


def _span(indicator: Indicator, path: Sequence[str]) -> Doubt | None:
    head = " ".join(PATH.join(path).split())
    if EARLIER.search(fold_name(head)):
        return Doubt("periode-lain", "value", f"judul “{head}” menyebut periode sebelumnya, bukan periode ini. {SKIP}")
    if speaks_of_sum(head) and not indicator.cumulative:
        sentence = f"judul “{head}” menyebut angka kumulatif, sedangkan {indicator.short.id} dihitung tiap periode."
        return Doubt("kumulatif-judul", "value", f"{sentence} {SKIP}")
    return None


def unwanted(path: Sequence[str], others: Iterable[Sequence[str]]) -> str | None:
    """Say why a column beside others holds no figures of its table's period; None where it may."""
    if EARLIER.search(fold_name(" ".join(path))):
        return "periode sebelumnya"
    aimed = speaks_of_target(path) or speaks_of_budget(path)
    return "target atau anggaran, bukan realisasi" if aimed and any(achieves(each) for each in others) else None
