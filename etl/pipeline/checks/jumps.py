"""The slip by a thousand: a figure far from the last standing value or from the other figures of its own line.

A line is one indicator and series of one region. `275.452` beside `279,5` reads as 275452 under a decimal comma and is
well formed; only its neighbours tell that it is wrong.
"""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal

import numpy as np
import pandas as pd

from etl.catalogue.decimals import indonesian
from etl.catalogue.models import Catalogue, Indicator
from etl.catalogue.period import from_code
from etl.pipeline.batch import Batch, Row, place
from etl.pipeline.checks.usual_range import CONFIRM, is_confirmed
from etl.pipeline.checks.validity import is_sane, sizes
from etl.sheets.categorical import combine, plain

LINE = ["indicator_id", "series_id", "region_code"]
STANDING = ["indicator", "series", "region", "period", "producer", "publication", "value"]
APART = 100.0  # more than any two logarithms differ; keeps the lines apart on one axis
NEAR = 1e-6  # so that exactly the jump counts as one, in binary too
YOUNG = 3  # months of a year in which a cumulative figure may be as small as it likes


@dataclass(frozen=True, slots=True)
class _Lines:
    """Realised figures above zero as arrays: label in the batch, line, logarithm, its limit, and whether it is young.

    `low` and `high` are the standing logarithms of each line (nan without one), `last` says them in words.
    """

    labels: pd.Index
    code: np.ndarray
    log: np.ndarray
    limit: np.ndarray
    young: np.ndarray
    period: np.ndarray
    low: np.ndarray
    high: np.ndarray
    last: pd.Series


def refuse_jumps(batch: Batch, catalogue: Catalogue, standing: pd.DataFrame) -> None:
    """Refuse figures `sanity.jump` times the last standing value, or the other figures of their line, or as much less.

    Within a file the majority is right, and where there is none all are refused; against the standing value there is
    no majority, for a whole file may be typed in thousands. `standing` has the columns STANDING; a value outside its
    indicator's range is no reference. Zeros are neither reference nor slip. Cumulative figures are compared by what
    they grow in a month.
    """
    lines = _lines(batch.rows, catalogue, standing)
    if lines is None:
        return
    free = is_confirmed(batch, catalogue).reindex(lines.labels).to_numpy(dtype=bool)
    leapt = _against_standing(lines) & ~free
    alone = _against_each_other(lines) & ~leapt & ~free
    if not (leapt | alone).any():
        return
    last = dict(zip(lines.labels[leapt], lines.last.to_numpy()[lines.code[leapt]], strict=True))
    others = _counterparts(batch.rows, lines, alone)
    flagged = pd.Series(leapt | alone, index=lines.labels).reindex(batch.rows.index, fill_value=False)
    batch.refuse(
        flagged,
        "lompatan",
        "value",
        lambda row: _leap_sentence(row, last[row["at"]]) if row["at"] in last else _odd_sentence(row, others),
    )


def _lines(rows: pd.DataFrame, catalogue: Catalogue, standing: pd.DataFrame) -> _Lines | None:
    size = sizes(rows).abs().to_numpy(dtype=float)
    rows = rows[(size > 0) & rows["kind"].eq("realisation").to_numpy(dtype=bool)]
    if rows.empty:
        return None
    code, distinct = combine(rows, LINE)
    months = _months(rows["period_code"])
    summed = rows["indicator_id"].map({each.id: each.cumulative for each in catalogue.indicators}).astype(bool)
    size = sizes(rows).abs().to_numpy(dtype=float) / np.where(summed, months, 1)
    limits = {each.id: float(np.log10(float(usual_jump(each, catalogue)))) for each in catalogue.indicators}
    found = _last_standing(standing, catalogue).reindex(pd.MultiIndex.from_tuples(distinct, names=LINE))
    return _Lines(
        rows.index,
        code,
        np.log10(size),
        rows["indicator_id"].map(limits).to_numpy(dtype=float),
        summed.to_numpy() & (months <= YOUNG),
        rows["period_code"].astype("category").cat.codes.to_numpy(),
        found["low"].to_numpy(dtype=float)[code],
        found["high"].to_numpy(dtype=float)[code],
        found["last"],
    )


def usual_jump(indicator: Indicator, catalogue: Catalogue) -> Decimal:
    """Return how many times another figure of its line one may be: as figures held tell, or as declared."""
    known = catalogue.plausible_range.get(indicator.id)
    return min(indicator.sanity.jump, known.jump) if known and known.jump else indicator.sanity.jump


def _months(periods: pd.Series) -> np.ndarray:
    """Return for each period how many months of its year have gone by at its end."""
    texts = periods.astype("category")
    ends = np.array([from_code(str(code)).end.month for code in texts.cat.categories], dtype=float)
    return ends[texts.cat.codes.to_numpy()]


def _last_standing(standing: pd.DataFrame, catalogue: Catalogue) -> pd.DataFrame:
    """Return `low`, `high` and `last` of each line: the values of its newest standing period, by all sources."""
    found: dict[tuple[str, str, str], tuple[float, float, str]] = {}
    end = standing["period"].map({code: from_code(code).end for code in standing["period"].unique()})
    newest = standing[end.eq(end.groupby([standing[name] for name in STANDING[:3]]).transform("max"))]
    columns = [newest[name].tolist() for name in ("indicator", "series", "region", "period", "value")]
    for indicator_id, series, region, period, text in zip(*columns, strict=True):
        indicator, value = catalogue.indicator.get(indicator_id), abs(float(text))
        if indicator is None or not value or not is_sane(Decimal(text), indicator.sanity):
            continue
        log = float(np.log10(value / (from_code(period).end.month if indicator.cumulative else 1)))
        low, high, said = found.get((indicator_id, series, region), (log, log, f"{text} {indicator.unit} ({period})"))
        found[indicator_id, series, region] = (min(low, log), max(high, log), said)
    index = pd.MultiIndex.from_tuples(list(found), names=LINE)
    return pd.DataFrame(list(found.values()), index, ["low", "high", "last"])


def _against_standing(lines: _Lines) -> np.ndarray:
    up = lines.log - lines.high >= lines.limit - NEAR
    down = lines.low - lines.log >= lines.limit - NEAR
    return np.asarray(up | (down & ~lines.young))


def _against_each_other(lines: _Lines) -> np.ndarray:
    """Tell which figures more of their line's figures contradict than support; what is said twice counts once."""
    within = pd.Series(lines.log).groupby(lines.code)
    spread = within.transform("max") - within.transform("min")
    wide = np.flatnonzero(spread.to_numpy() >= lines.limit - NEAR)
    if not len(wide):
        return np.zeros(len(lines.log), dtype=bool)
    said = pd.DataFrame({name: getattr(lines, name)[wide] for name in ("code", "period", "log", "young")})
    votes = said.drop_duplicates()
    votes = votes.assign(at=votes["code"] * APART + votes["log"]).sort_values("at")
    every, grown = votes["at"].to_numpy(), votes.loc[~votes["young"], "at"].to_numpy()
    line, limit = said["code"].to_numpy() * APART, lines.limit[wide] - NEAR
    here = line + said["log"].to_numpy()
    near = np.searchsorted(every, here + limit, side="left") - np.searchsorted(every, here - limit, side="right")
    # A young cumulative figure is small by nature: it does not fall for that, nor does it speak against its elders.
    smaller = np.searchsorted(grown, here - limit, side="right") - np.searchsorted(grown, line - APART / 2)
    larger = np.searchsorted(every, line + APART / 2) - np.searchsorted(every, here + limit, side="left")
    alone = np.zeros(len(lines.log), dtype=bool)
    alone[wide] = smaller + np.where(lines.young[wide], 0, larger) > near - 1
    return alone


def _counterparts(rows: pd.DataFrame, lines: _Lines, alone: np.ndarray) -> dict[object, str]:
    """Name for each refused figure the nearest one, in the order of the file, that contradicts it."""
    where = np.flatnonzero(np.isin(lines.code, np.unique(lines.code[alone])))
    ordered = where[np.argsort(lines.code[where], kind="stable")]
    said: dict[object, str] = {}
    for part in np.split(ordered, np.flatnonzero(np.diff(lines.code[ordered])) + 1):
        for at in part[alone[part]]:
            far = part[np.abs(lines.log[part] - lines.log[at]) >= lines.limit[at] - 2 * NEAR]
            nearest = lines.labels[[far[np.argmin(np.abs(far - at))]]]
            [other] = plain(rows.loc[nearest]).to_dict("records")
            said[lines.labels[at]] = _named(other)
    return said


def _named(row: Row) -> str:
    there = place(row["sheet"], row["row"], None).lower()
    return f"“{row['value']}” = {indonesian(row['number'])} untuk {row['period_code']} pada {there}"


NEXT = (
    "Periksa satuan dan tanda desimalnya: angka ribuan yang ditulis dengan titik, atau satuan yang berganti, "
    "membuat angka seribu kali lipat."
)


def _odd_sentence(row: Row, others: dict[object, str]) -> str:
    return f"“{row['value']}” terbaca {indonesian(row['number'])}, jauh sekali dari {others[row['at']]}. {NEXT}"


def _leap_sentence(row: Row, last: str) -> str:
    read = indonesian(row["number"])
    return f"“{row['value']}” terbaca {read}, sedangkan angka terakhir yang berlaku {last}. {NEXT} {CONFIRM}"
