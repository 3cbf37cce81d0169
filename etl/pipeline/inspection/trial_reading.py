"""What a run would make of a file by its draft: the very reader, with stand-ins for what the draft leaves open."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field

import pandas as pd
import yaml
from pydantic import ValidationError

from etl.catalogue.feeds import Feed
from etl.catalogue.indicator_parts import Series
from etl.catalogue.models import Catalogue, Indicator
from etl.pipeline.checks import plausible
from etl.pipeline.inspection.draft_parts import HEAD, INDICATOR, PERIOD, PLAN, REGION, SERIES, UNIT, YEAR_OF
from etl.pipeline.inspection.marks import DECIMAL
from etl.pipeline.layout.claims import MONEY, units_told
from etl.pipeline.layout.reader import read_sheets
from etl.pipeline.layout.sheet_reading import ReadTable
from etl.pipeline.layout.table_header import LayoutError
from etl.pipeline.refine import identify_values
from etl.sheets.sheet import Sheet

BLANK = re.compile(r"ISI_[A-Z]+")
OWN_UNIT = re.compile(rf'(?P<before>indicator: (?P<id>[\w-]+), unit: )"{UNIT}"')
DECLARED_UNIT = re.compile(r'unit: "([^"]*)"')
ANY_PERIOD = "2000"
DECLARED_SERIES = re.compile(r"series: ([\w-]+)")
LONGEST_UNIT = 40
PLACE = ["sheet", "row", "column"]


@dataclass(frozen=True, slots=True)
class Trial:
    """A draft that was tried: its feed, the tables it reads, the figures it reads in them, and what it returns.

    `figures` and `returned` have `sheet`, `row` and `column`; `returned` has `rule` and `sentence` beside them.
    `failure` is the sentence that a run would end with, None where it reads something.
    """

    feed: Feed | None
    tables: tuple[ReadTable, ...] = ()
    figures: pd.DataFrame = field(default_factory=pd.DataFrame)
    returned: pd.DataFrame = field(default_factory=pd.DataFrame)
    failure: str | None = None

    def of(self, table: ReadTable) -> tuple[pd.DataFrame, pd.DataFrame]:
        """Return the figures and the returned cells of one table."""
        return _within(self.figures, table), _within(self.returned, table)


def try_draft(draft: str, sheets: Sequence[Sheet], catalogue: Catalogue, today: dt.date) -> Trial:
    """Read and check a file by a draft as a run does, but for figures in force, and what its blanks leave open."""
    if HEAD in draft:
        return Trial(None, failure="Kolom angkanya belum dikenali.")
    text, filled = _fill(draft, sheets, catalogue)
    [block] = yaml.safe_load(f"feeds:\n{text}")["feeds"]
    try:
        feed = Feed.model_validate(block)
    except ValidationError:
        return Trial(None, failure="Isinya belum lengkap.")
    try:
        batch, reading = read_sheets(sheets, feed, filled)
    except LayoutError as error:
        return Trial(feed, failure=str(error))
    identify_values(batch, reading, feed, filled)
    open_ended = ~batch.rows["indicator_id"].isin(list(catalogue.indicator))
    unchecked = batch.rows[open_ended]
    batch.rows = batch.rows[~open_ended]
    plausible.check(batch, feed, filled, today)
    figures = pd.concat([batch.rows[PLACE].astype(object), unchecked[PLACE].astype(object)])
    return Trial(feed, tuple(reading.tables), figures, batch.findings())


def _within(cells: pd.DataFrame, table: ReadTable) -> pd.DataFrame:
    if cells.empty:
        return cells
    own = cells["sheet"].isna() if table.sheet is None else cells["sheet"].eq(table.sheet)
    last = max([table.header.bottom, *(row.number for row in table.body.rows)])
    return cells[own.astype(bool) & cells["row"].between(table.header.top, last)]


def _fill(draft: str, sheets: Sequence[Sheet], catalogue: Catalogue) -> tuple[str, Catalogue]:
    """Put a stand-in for each blank: every indicator and series another one, that none is taken for a twin."""
    names: list[str] = []
    text = OWN_UNIT.sub(lambda each: f'{each["before"]}"{_unit_of(each["id"], catalogue)}"', draft)
    for blank in (INDICATOR, SERIES):
        first, *parts = text.split(blank)
        said = [f"{_stand_in(blank)}-{number}" for number in range(1, len(parts) + 1)]
        text = first + "".join(name + part for name, part in zip(said, parts, strict=True))
        names += said
    region = next((each.code for each in catalogue.regions if each.level == "regency"), "64.01")
    plan = next((each.id for each in catalogue.plans), "rencana")
    for blank, word in {
        PERIOD: ANY_PERIOD,
        YEAR_OF: ANY_PERIOD,
        REGION: region,
        PLAN: plan,
        DECIMAL: ",",
        UNIT: _stand_in(UNIT),
    }.items():
        text = text.replace(blank, word)
    return text, _with_stand_ins(names, text, sheets, catalogue) if names or BLANK.search(draft) else catalogue


def _stand_in(blank: str) -> str:
    return blank.casefold().replace("_", "-")


def _unit_of(indicator: str, catalogue: Catalogue) -> str:
    known = catalogue.indicator.get(indicator)
    return known.unit if known else _stand_in(UNIT)


def _with_stand_ins(names: Sequence[str], draft: str, sheets: Sequence[Sheet], catalogue: Catalogue) -> Catalogue:
    """Add indicators and series that take any figure: in every unit of the file, of every kind of period."""
    said = dict.fromkeys([each for each in names if each.startswith(_stand_in(SERIES))])
    series, every = (
        tuple(Series.model_validate({"id": each, "name": {"id": each, "en": each}}) for each in ids)
        for ids in (said, said | dict.fromkeys(DECLARED_SERIES.findall(draft)))
    )
    known = [each.model_copy(update={"series": (*each.series, *series)}) for each in catalogue.indicators]
    units = dict.fromkeys([_stand_in(UNIT), "%", "Rp", *DECLARED_UNIT.findall(draft), *_units_of(sheets)], 1)
    added = [
        Indicator.model_validate(
            {"id": each, "name": {"id": each, "en": each}, "short": {"id": each, "en": each}}
            | {"definition": {"id": each, "en": each}, "subdimension": None, "unit": _stand_in(UNIT), "units": units}
            | {"decimals": 6, "direction": "higher", "cumulative": True, "additive": True, "frequency": "year"}
            | {"producer": catalogue.producers[0].id, "series": every, "provenance": each}
        )
        for each in names
        if each not in said
    ]
    parts = {name: getattr(catalogue, name) for name in Catalogue.model_fields}
    return Catalogue.model_construct(**{**parts, "indicators": (*known, *added)})


def _units_of(sheets: Sequence[Sheet]) -> Iterator[str]:
    """Yield what may be units in a file: its short texts, and what its longer ones say in parentheses."""
    texts = {text.strip() for each in sheets for text in each.cells.to_numpy().ravel() if isinstance(text, str)}
    yield from (text for text in texts if text and len(text) <= LONGEST_UNIT)
    yield from (MONEY.get(each, each) for each in units_told(texts))
