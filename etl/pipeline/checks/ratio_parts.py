"""A percentage against the numerator and denominator that came with it."""

from __future__ import annotations

from decimal import Decimal
from fractions import Fraction

import numpy as np
import pandas as pd

from etl.catalogue.models import Catalogue
from etl.catalogue.names import fold_name
from etl.pipeline.batch import Batch, Row
from etl.pipeline.checks.validity import sizes

PERCENT = {"%", "persen", "percent"}
BINARY = 1e-12  # what a spreadsheet's own division may be off by, relative to the number it stores
RULE = "pembilang-penyebut"


def refuse_parts(batch: Batch, catalogue: Catalogue) -> None:
    """Refuse a denominator of zero, a numerator alone, and a percentage that its own parts do not give.

    A printed percentage must be numerator / denominator x 100 within half its printed step. Only indicators in
    percent are computed; what another unit takes its parts times is not declared.
    """
    rows = batch.rows
    given, base = rows["numerator"].notna(), rows["denominator"].notna()
    if not (given.any() or base.any()):
        return
    batch.refuse(
        (given ^ base) | rows["denominator"].eq("0").astype(bool),
        RULE,
        "denominator",
        "pembilang dan penyebut harus diisi keduanya, dan penyebut tidak boleh nol.",
    )
    in_percent = {each.id for each in catalogue.indicators if fold_name(each.unit) in PERCENT}
    rows = batch.rows
    whole = rows[rows["numerator"].notna() & rows["number"].notna() & rows["indicator_id"].isin(list(in_percent))]
    wrong = [not _agrees(row) for row in whole[_doubted(whole)].to_dict("records")]
    fallen = pd.Series(wrong, index=whole.index[_doubted(whole)], dtype=bool)
    batch.refuse(fallen, RULE, "value", _ratio_sentence)


def _doubted(rows: pd.DataFrame) -> np.ndarray:
    """Tell which rows are not plainly right; binary arithmetic only narrows them down."""
    parts = [pd.to_numeric(rows[name].astype(object)).to_numpy(dtype=float) for name in ("numerator", "denominator")]
    step = pd.to_numeric(rows["step"].astype(object)).to_numpy(dtype=float)
    return np.asarray(np.abs(parts[0] / parts[1] * 100 - sizes(rows).to_numpy(dtype=float)) > step * 0.499)


def _agrees(row: Row) -> bool:
    value, true = Fraction(row["number"]), _percentage(row)
    allowed = Fraction(row["step"]) / 2
    if row["value_typed"]:
        allowed = max(allowed, abs(true) * Fraction(BINARY))
    return abs(value - true) <= allowed


def _percentage(row: Row) -> Fraction:
    return Fraction(row["numerator"]) / Fraction(row["denominator"]) * 100


def _ratio_sentence(row: Row) -> str:
    places = max(2, -int(Decimal(row["step"]).as_tuple().exponent)) if not row["value_typed"] else 2
    shown = f"{float(_percentage(row)):.{places}f}".replace(".", ",")
    return (
        f"“{row['value']}” tidak cocok dengan pembilang dan penyebutnya: {row['numerator']} dari "
        f"{row['denominator']} adalah {shown}%. Samakan persentasenya, atau betulkan pembilang dan penyebut."
    )
