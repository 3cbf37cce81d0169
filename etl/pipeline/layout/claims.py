"""What heads and titles say against a figure's declaration: another unit, a target, a sum, another month."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass

import numpy as np
import pandas as pd

from etl.catalogue.declared_layout import PATH
from etl.catalogue.models import Catalogue, Indicator
from etl.catalogue.names import fold_name
from etl.catalogue.units import counts_another, measure, unit_factor
from etl.pipeline.batch import Batch
from etl.pipeline.layout.head_words import PARENTHESES, achieves, foretells, speaks_of_budget, speaks_of_target
from etl.pipeline.layout.head_words import words as fold_words
from etl.pipeline.layout.sheet_lines import Path
from etl.pipeline.layout.table_context import speaks_of_sum
from etl.pipeline.layout.told_series import told_series
from etl.pipeline.layout.told_words import narrowing
from etl.pipeline.layout.value_cells import Doubt
from etl.sheets.categorical import combine, spread

MONEY = {
    **{"rp juta": "juta Rp", "juta rupiah": "juta Rp", "rp miliar": "miliar Rp", "miliar rupiah": "miliar Rp"},
    **{"rp milyar": "miliar Rp", "milyar rupiah": "miliar Rp", "rp triliun": "triliun Rp"},
    **{"triliun rupiah": "triliun Rp", "rupiah": "Rp", "ribu rupiah": "ribu Rp", "rp ribu": "ribu Rp"},
}
SCALES = (
    (3, re.compile(r"\bribu(?:an)?\b|\brb\b|\bthousands?\b|(?<![\d.,])000\b")),
    (6, re.compile(r"\bjuta(?:an)?\b|\bjt\b|\bmillions?\b")),
    (9, re.compile(r"\bmil[iy]ar(?:an)?\b|\bml?rd?\b|\bbillions?\b")),
    (12, re.compile(r"\btriliun\b|\btrillions?\b")),
)
NOTHING = re.compile(r"(?!)")
BARE = re.compile(r"(?:dalam |in )?(?:satuan )?(?:\w+an|000|thousands|millions)")  # a scale and no unit beside it
SPOKEN = re.compile(r"\bdalam ((?:ribu|juta|mil[iy]ar|triliun)\w*(?: (?:rupiah|rp|jiwa|orang|us\$))?)")
BRACKETS = re.compile(r"\[([^\[\]]+)\]")
WRITTEN = re.compile(  # without brackets: "PAD Juta Rupiah", "Penduduk, ribu jiwa"
    r"\b(?:(?:ribu|juta|mil[iy]ar|triliun)(?:an)? (?:rupiah|rp|jiwa|orang|ton|us\$)|"
    r"rp\.? ?(?:ribu|juta|mil[iy]ar|triliun))(?!\w)"
)
BUDGET_LINE = re.compile(r"\b(?:rapbd|ringkasan apbd|apbd (?:murni|perubahan|p)|dpa|dppa|kua ppas)\b")
EARLIER = re.compile(r"\b(?:bulan|tahun|triwulan|semester|periode) (?:lalu|sebelumnya)\b")


@dataclass(frozen=True, slots=True)
class Declared:
    """Who declares what figures are, a layout or each row of a plain table, and what to do where it is wrong."""

    by: str
    skip: str
    target: str


BY_LAYOUT = Declared(
    "kiriman ini",
    "Kirim angka periode itu sendiri, atau minta walidata melewati kolom ini.",
    "Bila memang target, sebutkan dokumen rencananya kepada walidata; bila bukan, betulkan judulnya.",
)
BY_ROW = Declared(
    "baris ini",
    "Betulkan judulnya, atau kirim angka periode itu sendiri.",
    "Isi jenis angkanya (target) dan dokumennya pada baris ini, atau betulkan judulnya.",
)


def contradicted(
    unit: str | None,
    kind: str | None,
    indicator: Indicator | None,
    path: Sequence[str],
    titles: Sequence[str],
    declared: Declared = BY_LAYOUT,
    series: str | None = None,
    sheet: str | None = None,
    dated: bool = False,
) -> Doubt | None:
    """Doubt a figure whose heads, titles or sheet's name say something else of it than is declared."""
    if indicator is None:
        return None
    named = [sheet] if sheet else []
    lines = [*titles, *named]
    aimed = _kind(indicator, kind, path, lines, declared) or _kind(indicator, kind, named, [*path, *titles], declared)
    claims = (_unit(indicator, unit, path, lines, declared), aimed)
    spans = (_span(indicator, texts, declared) for texts in (path, named) if texts)
    told = (*claims, *spans, narrowing(indicator, series, path, titles, sheet, dated))
    return next(filter(None, told), None)


def refuse_contradicted(
    batch: Batch, told: Mapping[str | None, tuple[Path, Sequence[str]]], catalogue: Catalogue
) -> None:
    """Refuse rows of plain tables against what the head of their figures, and the lines above, say.

    `told` gives both for each sheet. Indicators must be known, kinds still be as they are written.
    """
    codes, keys = combine(batch.rows, ("sheet", "indicator_id", "unit", "kind", "series"))
    doubts = [
        contradicted(unit, kind, catalogue.indicator.get(indicator), *told[sheet], BY_ROW, series, sheet)
        if sheet in told
        else None
        for sheet, indicator, unit, kind, series in keys
    ]
    for doubt in dict.fromkeys(filter(None, doubts)):
        hit = np.array([each == doubt for each in doubts], dtype=bool)
        batch.refuse(pd.Series(hit[codes], batch.rows.index), doubt.rule, doubt.field, doubt.sentence)
        codes = codes[~hit[codes]]


def take_told_series(batch: Batch, told: Mapping[str | None, tuple[Path, Sequence[str]]], catalogue: Catalogue) -> None:
    """Give rows of plain tables that name no series the one that their head, titles or sheet's name say."""

    def named(sheet: str | None, indicator: str, series: str | None) -> str | None:
        if series or sheet not in told:
            return series
        path, titles = told[sheet]
        return told_series(catalogue.indicator[indicator], (*path, *titles, sheet or ""))

    rows = batch.rows.copy(deep=False)
    codes, keys = combine(rows, ("sheet", "indicator_id", "series"))
    rows["series"] = spread(codes, [named(*each) for each in keys], rows.index)
    batch.rows = rows


def _unit(
    indicator: Indicator, unit: str | None, path: Sequence[str], titles: Sequence[str], declared_by: Declared
) -> Doubt | None:
    known = {fold_name(each): factor for each, factor in indicator.units.items()} | {fold_name(indicator.unit): 1}
    declared = fold_name(unit or indicator.unit)
    heads, lines = list(units_told(path)), list(units_told(titles))
    heads += ["%"] if any(re.match(r"% ?[a-z]", fold_name(part)) for part in path) else []  # "% PAD"
    nearest = heads if heads or any("%" in part for part in path) else lines
    for each in (*heads, *lines):
        word = fold_name(MONEY.get(each, each))
        told = unit_factor(indicator, word)
        other = told is not None and told != (unit_factor(indicator, declared) or told)
        strange = word not in known and (
            _other_scale(each, declared, known)
            or counts_another(each, indicator.unit)
            or _other_power(each, unit or indicator.unit)
        )
        if other or (each in nearest and strange):
            said = f"“{unit or indicator.unit}”"
            sentence = f"judul menyebut satuan “{each}”, sedangkan {declared_by.by} menyatakan {said}. Samakan."
            return Doubt("satuan-judul", "value", sentence)
    return None


def units_told(texts: Iterable[str]) -> Iterator[str]:
    """Yield the units that heads or titles speak of, folded: "(ribu jiwa)", "dalam juta rupiah", "PAD Juta Rp"."""
    for text in texts:
        yield from (fold_name(each) for each in (*PARENTHESES.findall(text), *BRACKETS.findall(text)))
        yield from SPOKEN.findall(fold_name(text))
        yield from WRITTEN.findall(PARENTHESES.sub(" ", fold_name(text)))


def _other_scale(told: str, declared: str, known: Mapping[str, object]) -> bool:
    """Tell whether a unit in no catalogue's words is thousands or millions, and the declared one is not."""
    scale = _scale(told)
    bare = fold_name(next((words for number, words in SCALES if number == scale), NOTHING).sub("", told))
    ours = scale in {_scale(each) for each in known} or (BARE.fullmatch(told) is not None and "%" not in known)
    ours = ours or bare in known  # thousands of what the figures are declared to count
    return scale is not None and ours and scale != _scale(declared)


def _other_power(told: str, declared: str) -> bool:
    """Tell whether a unit is of the same thing as the declared one and of another size: kuintal beside ton/tahun."""
    ours, theirs = measure(declared), measure(told)
    return ours is not None and theirs is not None and ours[0][0] == theirs[0][0] and ours[1] != theirs[1]


def _scale(text: str) -> int | None:
    return next((scale for scale, words in SCALES if words.search(text)), None)


def _kind(
    indicator: Indicator, kind: str | None, path: Sequence[str], titles: Sequence[str], declared: Declared
) -> Doubt | None:
    if kind:
        return None
    own = rf"\b{re.escape(fold_words(indicator.name.id))}\b"  # "Realisasi Investasi" is no word of what was achieved
    heads, lines = ([re.sub(own, "", fold_words(each)) for each in texts] for texts in (path, titles))
    told = next((texts for texts in (heads, lines) if speaks_of_target(texts) or achieves(texts)), [])
    budget = speaks_of_budget(heads) and not speaks_of_budget([indicator.name.id])
    ahead = [] if foretells([indicator.name.id, *(each.name.id for each in indicator.series)]) else [*heads, *lines]
    budget = budget or any(BUDGET_LINE.search(each) and not achieves([each]) for each in lines)
    if not (budget or speaks_of_target(told) or foretells(ahead)):
        return None
    head = PATH.join(path if budget or told is heads else titles if told else [*path, *titles])
    sentence = (
        f"judul “{head}” menyebut target atau anggaran, sedangkan {declared.by} tidak menyatakan jenis angkanya. "
        f"{declared.target}"
    )
    return Doubt("target-tanpa-jenis", "value", sentence)


def _span(indicator: Indicator, path: Sequence[str], declared: Declared) -> Doubt | None:
    head = " ".join(PATH.join(path).split())
    if EARLIER.search(fold_name(head)):
        return Doubt(
            "periode-lain", "value", f"judul “{head}” menyebut periode sebelumnya, bukan periode ini. {declared.skip}"
        )
    if speaks_of_sum(head) and not indicator.cumulative:
        sentence = f"judul “{head}” menyebut angka kumulatif, sedangkan {indicator.short.id} dihitung tiap periode."
        return Doubt("kumulatif-judul", "value", f"{sentence} {declared.skip}")
    return None


def unwanted(path: Sequence[str], others: Iterable[Sequence[str]]) -> str | None:
    """Say why a column beside others holds no figures of its table's period; None where it may."""
    if EARLIER.search(fold_name(" ".join(path))):
        return "periode sebelumnya"
    aimed = speaks_of_target(path) or speaks_of_budget(path)
    return "target atau anggaran, bukan realisasi" if aimed and any(achieves(each) for each in others) else None
