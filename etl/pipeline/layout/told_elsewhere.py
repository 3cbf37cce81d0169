"""What the lines above a table and its sheet's name say of region and year binds: a default may not overrule them."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from etl.catalogue.feeds import Feed
from etl.catalogue.models import Catalogue
from etl.catalogue.period import from_code
from etl.pipeline.batch import Batch
from etl.pipeline.layout.table_context import told_period, told_region
from etl.pipeline.region_words import RANKS

Told = Mapping[str | None, Sequence[str]]


def refuse_other_region(batch: Batch, told: Told, catalogue: Catalogue) -> None:
    """Refuse the rows of a sheet that lie outside the region which its title names.

    A table of many regions under the letterhead of one of them stays. Parts of another one do not, nor another one
    beside parts of the region itself. `told` gives each sheet's lines.
    """
    for sheet, lines in told.items():
        region = told_region(lines, catalogue)
        own = batch.rows["sheet"].isna() if sheet is None else batch.rows["sheet"].eq(sheet).astype(bool)
        codes = set(batch.rows.loc[own, "region_code"].dropna())
        if region is None or not codes:
            continue
        outside = {code for code in codes if not _is_within(code, region, catalogue)}
        if outside != codes:
            lowest = _rank(region, catalogue) + (region in codes)
            outside = {code for code in outside if _rank(code, catalogue) >= lowest}
        batch.refuse(
            own & batch.rows["region_code"].isin(list(outside)).astype(bool),
            "wilayah-judul",
            "region",
            f"judul menyebut {catalogue.region[region].name}, sedangkan angka ini untuk wilayah lain. "
            "Betulkan judul atau wilayahnya, atau kirim berkas ini pada kiriman yang cocok.",
        )


def _rank(code: str, catalogue: Catalogue) -> int:
    return RANKS.get(catalogue.region[code].level, 0)


def _is_within(code: str, region: str, catalogue: Catalogue) -> bool:
    above: str | None = code
    while above is not None and above != region:
        above = catalogue.region[above].parent
    return above == region


def refuse_other_year(batch: Batch, told: Told, feed: Feed) -> None:
    """Refuse rows that take their year from the feed's default where their title or sheet names another one."""
    default = feed.defaults.get("period")
    if default is None or "period" in feed.columns:
        return
    for sheet, lines in told.items():
        year = told_period(lines).year
        own = batch.rows["sheet"].isna() if sheet is None else batch.rows["sheet"].eq(sheet).astype(bool)
        other = own & batch.rows["period_text"].eq(default) & batch.rows["period_code"].map(_year).ne(year or "")
        if year is not None:
            batch.refuse(
                other.astype(bool),
                "tahun-judul",
                "period",
                f"judul menyebut tahun {year}, sedangkan kiriman ini memuatnya sebagai {default}. "
                "Betulkan judulnya, atau kirim dengan tahunnya sendiri.",
            )


def _year(code: object) -> str:
    return str(from_code(str(code)).end.year) if isinstance(code, str) else ""
