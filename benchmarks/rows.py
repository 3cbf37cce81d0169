"""A million tidy rows as an office would send them, and the same ones shuffled and with one in a hundred changed."""

from __future__ import annotations

import random
from collections.abc import Iterable, Iterator
from itertools import product
from pathlib import Path

from etl.catalogue.feeds import Feed
from etl.catalogue.models import Catalogue, Indicator

HEADER = "Indikator;Wilayah;Periode;Nilai;Satuan\n"
MONTHS = [f"{2015 + month // 12}-{month % 12 + 1:02d}" for month in range(120)]
FEED = Feed.model_validate(
    {
        "id": "sejuta",
        "name": {"id": "Sejuta baris", "en": "A million rows"},
        "connector": "file",
        "path": "*.csv",
        "decimal": ",",
        "columns": {
            **{"indicator": "Indikator", "region": "Wilayah", "period": "Periode"},
            **{"value": "Nilai", "unit": "Satuan"},
        },
        "region_codes": "kemendagri",
    }
)


def monthly_indicators(catalogue: Catalogue) -> list[Indicator]:
    """Choose the indicators that are reported by month, as numbers that 30 to 90 are sound values of."""
    return [
        each
        for each in catalogue.indicators
        if each.frequency == "month"
        and not (each.cumulative or each.series)
        and (each.sanity.min is None or each.sanity.min <= 25)
        and (each.sanity.max is None or each.sanity.max >= 100)
    ]


def tidy_rows(catalogue: Catalogue, count: int) -> Iterator[str]:
    """Give lines of indicator, region, period, value and unit, ordered by them; most values are distinct texts.

    What can be summed is counted in whole numbers and comes from villages only: random figures would not add up to
    those of their districts.
    """
    dice = random.Random(1)
    villages = [each.code for each in catalogue.regions if each.level == "village"]
    regions = [each.code for each in catalogue.regions]
    for place, indicator in enumerate(monthly_indicators(catalogue)):
        low, high = (30, 90) if indicator.sanity.max is not None else (100_000, 1_000_000)
        digits = 0 if indicator.additive else 4 if place % 2 else 2
        for region, month in product(villages if indicator.additive else regions, MONTHS):
            value = f"{dice.randrange(low * 10**digits, high * 10**digits) / 10**digits:.{digits}f}".replace(".", ",")
            yield f"{indicator.short.id};{region};{month};{value};{indicator.unit}\n"
            count -= 1
            if not count:
                return
    raise ValueError(f"the catalogue gives {count} rows too few")


def write_files(folder: Path, catalogue: Catalogue, count: int) -> dict[str, Path]:
    """Write the deliveries into files; return each by its name."""
    rows = list(tidy_rows(catalogue, count))
    shuffled, changed = rows[:], rows[:]
    random.Random(2).shuffle(shuffled)
    for place in random.Random(3).sample(range(count), count // 100):
        indicator, region, month, value, unit = changed[place].split(";")
        changed[place] = f"{indicator};{region};{month};{value[:-1]}{(int(value[-1]) + 1) % 10};{unit}"
    return {
        name: _written(folder / f"{name}.csv", lines)
        for name, lines in {"first": rows, "shuffled": shuffled, "changed": changed}.items()
    }


def _written(path: Path, lines: Iterable[str]) -> Path:
    with path.open("w", encoding="utf-8") as file:
        file.write(HEADER)
        file.writelines(lines)
    return path
