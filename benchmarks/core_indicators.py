"""Coverage and bounds of the core indicators, from collected figures: the tables of docs/core-indicators.md.

    python -m benchmarks.core_indicators data/published/*.csv

Files of the same columns (or with `indicator` for `name`, `source_title` for `publication`) may be added. A figure
printed twice counts once; one marked as rounded, of the old series or of a running year never makes a bound.
"""

from __future__ import annotations

import csv
import statistics
import sys
from collections import defaultdict
from dataclasses import dataclass
from pathlib import Path

TEN = (
    "paser", "ppu", "kutim", "balikpapan", "berau", "bontang", "kutai_barat", "kutai_kartanegara", "mahakam_ulu",
    "samarinda",
)  # fmt: skip
HOMES = TEN[:3]
# Collected names by the core indicator that they feed, as docs/core-indicators.md lists them.
NAMES = {
    "ombudsman-zone": "ombudsman_compliance_zone", "spi": "spi_kpk_score", "spbe": "spbe_index",
    "sakip": "sakip_score", "mcp": "mcp_kpk", "ips": "ips_index", "lpe": "lpe", "poverty-rate": "poverty_rate",
    "tpt": "tpt", "expenditure-per-capita": "expenditure_per_capita_adj", "stunting": "stunting_ssgi", "uhh": "uhh",
    "drinking-water": "drinking_water_access", "sanitation": "sanitation_access", "road-steady": "road_steady_share",
    "hls": "hls", "rls": "rls", "village-index": "idm_average", "imdi": "imdi",
    "disaster-resilience": "disaster_resilience_index", "iklh": "iklh",
}  # fmt: skip
WINDOW = range(2020, 2026)
WEAK = ("old series", "old uhh", "old-method", "rounded", "councillor", "claim")


@dataclass(frozen=True, slots=True)
class Figure:
    region: str
    year: int
    value: str
    source: str


def read_figures(path: Path) -> list[tuple[str, Figure]]:
    """Read the yearly figures of the ten by collected name."""
    found = []
    with path.open(encoding="utf-8", newline="") as file:
        for row in csv.DictReader(file):
            name, note = row.get("name") or row["indicator"], row["note"].casefold()
            period = row["period"].removesuffix("-08")
            if row["region"] in TEN and period.isdigit() and not any(word in note for word in WEAK):
                source = row.get("publication") or row["source_title"]
                found.append((name, Figure(row["region"], int(period), row["value"], source)))
    return found


def coverage_row(name: str, figures: list[Figure]) -> str:
    """Return newest years of the three, and how many of the ten have a figure in each year of the window."""
    newest = [max((each.year for each in figures if each.region == home), default=None) for home in HOMES]
    years: dict[int, set[str]] = defaultdict(set)
    for each in figures:
        years[each.year].add(each.region)
    ten = ", ".join(f"{year}: {len(years[year])}" for year in sorted(years) if year in WINDOW)
    return f"| {name} | {' | '.join(str(year or '–') for year in newest)} | {ten or '–'} |"


def bounds_row(name: str, figures: list[Figure]) -> str | None:
    """Return least and greatest of the ten with their sources; None for words and where no year has all ten."""
    numbers: dict[tuple[str, int, float], str] = {}
    for each in figures:
        if each.year in WINDOW and each.value.replace(".", "").lstrip("-").isdigit():
            numbers.setdefault((each.region, each.year, float(each.value)), each.source)
    whole = [year for year in WINDOW if len({region for region, at, _ in numbers if at == year}) == len(TEN)]
    if not whole:
        return None
    ordered = sorted(numbers, key=lambda key: key[2])
    ends = " | ".join(f"{at[2]:g} ({at[0]} {at[1]}; {numbers[at]})" for at in (ordered[0], ordered[-1]))
    values = [value for _, _, value in ordered]
    mean, spread = statistics.fmean(values), statistics.pstdev(values)
    skew = statistics.fmean(((value - mean) / spread) ** 3 for value in values) if spread else 0.0
    return f"| {name} | {len(values)} | {', '.join(map(str, whole))} | {ends} | {skew:.2f} |"


def main(paths: list[str]) -> None:
    """Print both tables."""
    by_name: dict[str, list[Figure]] = defaultdict(list)
    for path in paths:
        for name, figure in read_figures(Path(path)):
            by_name[name].append(figure)
    print("| indicator | Paser | PPU | Kutim | of the ten, by year |\n|---|---|---|---|---|")
    for indicator, name in NAMES.items():
        print(coverage_row(indicator, by_name[name]))
    print("\n| indicator | n | years with all ten | least | greatest | skewness |\n|---|---|---|---|---|---|")
    for indicator, name in NAMES.items():
        if row := bounds_row(indicator, by_name[name]):
            print(row)


if __name__ == "__main__":
    main(sys.argv[1:])
