"""Made-up figures of one regency, month by month: plausible, connected, and the same for the same seed."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from decimal import Decimal
from random import Random

from etl.catalogue.feeds import Feed
from etl.catalogue.models import Catalogue
from etl.catalogue.period import Period, from_code
from etl.catalogue.reference import Region

Row = dict[str, str]  # our field -> text as an office writes it
SPENT_BY_MONTH = (2, 6, 12, 20, 29, 38, 47, 56, 65, 74, 83, 93)  # percent of the year's budget, about


@dataclass(frozen=True, slots=True)
class Regency:
    """Whose figures are made up: its region, its kecamatan, the catalogue that names everything, and the seed."""

    catalogue: Catalogue
    region: Region
    seed: int

    @property
    def districts(self) -> list[Region]:
        return [each for each in self.catalogue.regions if each.parent == self.region.code and each.level == "district"]

    def dice(self, *words: str) -> Random:
        """Give the dice of a matter, whatever else is thrown before."""
        return Random(f"{self.seed}/{'/'.join(words)}")  # noqa: S311 - made-up figures


def comma(value: float, decimals: int) -> str:
    """Write a number as offices do: 1.234,5."""
    text = f"{value:,.{decimals}f}"
    return text.translate(str.maketrans(",.", ".,"))


def periods(catalogue: Catalogue, feed: Feed, until: dt.date, months: int) -> list[Period]:
    """List the periods of a feed that ended within the last `months` months before `until`."""
    rhythm = feed.frequency or catalogue.indicator[feed.indicators[0]].frequency
    first = until.year * 12 + until.month - 1 - months
    found = []
    for number in range(first, until.year * 12 + until.month - 1):
        year, month = divmod(number, 12)
        codes = {"month": f"{year}-{month + 1:02d}", "quarter": f"{year}-Q{month // 3 + 1}", "year": str(year)}
        period = from_code(codes[rhythm])
        if period.end < until and period not in found:
            found.append(period)
    return found


def rows_of(regency: Regency, feed: Feed, period: Period) -> list[Row]:
    """Make the rows that an office sends in a feed for a period."""
    maker = MAKERS.get(feed.id)
    return [row | {"period": row.get("period", period.code)} for row in maker(regency, period)] if maker else []


def _services(regency: Regency, period: Period) -> Iterator[Row]:
    spans = {
        "service-users": (300, 9000, 0, "pengguna"),
        "service-transactions": (500, 20000, 0, "transaksi"),
        "service-within-sla": (70, 99, 1, "%"),
        "service-skm": (76, 93, 2, "poin"),
        "service-availability": (96, 100, 2, "%"),
    }
    for service in regency.catalogue.services:
        for indicator, (low, high, decimals, unit) in spans.items():
            usual = regency.dice(service.name, indicator).uniform(low, high)
            value = min(usual * regency.dice(service.name, indicator, period.code).uniform(0.95, 1.05), high)
            yield _row(regency, indicator, comma(value, decimals), unit=unit, series=service.name)


def _complaints(regency: Regency, period: Period) -> Iterator[Row]:
    dice = regency.dice("lapor", period.code)
    received = dice.randint(30, 140)
    completed = dice.randint(received // 2, received)
    share = Decimal(completed) * 100 / Decimal(received)
    parts = {"numerator": str(completed), "denominator": str(received)}
    yield _row(regency, "lapor-received", str(received), unit="aduan")
    yield _row(regency, "lapor-completed", str(completed), unit="aduan")
    yield _row(regency, "lapor-completion", comma(float(round(share, 1)), 1), unit="%") | parts
    yield _row(regency, "lapor-days", comma(dice.uniform(3, 9), 1), unit="hari")


def _budget(regency: Regency, period: Period) -> Iterator[Row]:
    ceiling = regency.dice("pagu", str(period.end.year)).randint(2800, 3600) * 1_000_000_000
    pace = regency.dice("serapan", str(period.end.year)).uniform(0.85, 1.05)
    usual = SPENT_BY_MONTH[period.end.month - 1]
    spent = int(ceiling * min(usual * pace, 99) / 100)
    share = round(Decimal(spent) * 100 / Decimal(ceiling), 2)
    money = {"numerator": comma(spent, 0), "denominator": comma(ceiling, 0)}
    yield _row(regency, "apbd-expenditure-rate", comma(float(share), 2)) | money
    yield _row(regency, "physical-progress", comma(min(usual * pace * 1.04, 100), 2))


def _wifi(regency: Regency, period: Period) -> Iterator[Row]:
    for district in regency.districts:
        start = regency.dice("wifi", district.code).randint(2, 20)
        grown = (period.end.year - 2024) * 3 + period.end.month // 4
        yield {"region": district.name, "value": str(max(start + grown, 1))}


def _families(regency: Regency, period: Period) -> Iterator[Row]:
    for district in regency.districts:
        usual = regency.dice("keluarga", district.code).randint(400, 1600)
        for decile in range(1, 11):
            drift = regency.dice("keluarga", district.code, str(decile), period.code).uniform(0.97, 1.03)
            yield {"region": district.name, "series": f"Desil {decile}", "value": comma(usual * drift, 0)}


def _stunting(regency: Regency, period: Period) -> Iterator[Row]:
    for district in regency.districts:
        weighed = regency.dice("balita", district.code, period.code).randint(700, 2600)
        usual = regency.dice("stunting", district.code).uniform(9, 24) - (period.end.year - 2024)
        stunted = int(weighed * max(usual, 2) / 100)
        share = round(Decimal(stunted) * 100 / Decimal(weighed), 1)
        parts = {"numerator": comma(stunted, 0), "denominator": comma(weighed, 0)}
        yield {"region": district.name, "value": comma(float(share), 1)} | parts


def _levels(instrument: str) -> Callable[[Regency, Period], Iterator[Row]]:
    def make(regency: Regency, period: Period) -> Iterator[Row]:
        [known] = [each for each in regency.catalogue.instruments if each.id == instrument]
        if period.end.year < known.first_year or (known.last_year and period.end.year > known.last_year):
            return
        for each in known.indicators:
            level = regency.dice(instrument, str(each.no)).randint(1, 4) + (period.end.year >= 2025)
            yield {"series": f"{each.no}. {each.name}", "region": regency.region.name, "value": str(level)}

    return make


def _actions(regency: Regency, period: Period) -> Iterator[Row]:
    dice = regency.dice("tindakan", period.code)
    yield {
        "indicator": dice.choice(["stunting", "lapor-completion", "apbd-expenditure-rate"]),
        "region": regency.region.name,
        "cause": "Simulasi: pelaksanaan kegiatan terlambat",
        "action": f"Simulasi: rapat percepatan {period.code}",
        "responsible": "Sekretaris Dinas",
        "deadline": f"{period.end.day}-{period.end.month:02d}-{period.end.year}",
        "status": dice.choice(["rencana", "berjalan", "selesai"]),
    }


def _row(regency: Regency, indicator: str, value: str, **more: str) -> Row:
    return {"indicator": indicator, "region": regency.region.name, "value": value, **more}


MAKERS: dict[str, Callable[[Regency, Period], Iterator[Row]]] = {
    "layanan_bulanan": _services,
    "lapor_bulanan": _complaints,
    "apbd_bulanan": _budget,
    "titik_wifi": _wifi,
    "dtsen_agregat": _families,
    "stunting_eppgbm": _stunting,
    "spbe_levels": _levels("spbe-2020"),
    "pemdi_levels": _levels("pemdi-2026"),
    "tindak_lanjut": _actions,
}
