"""The template that Bappeda fills in: it holds no figure, offers what the catalogue knows, and comes back readable."""

from __future__ import annotations

import datetime as dt
import io
from decimal import Decimal
from pathlib import Path

import pytest
from openpyxl import Workbook, load_workbook
from openpyxl.worksheet.worksheet import Worksheet

from etl.catalogue.feeds import Feed
from etl.catalogue.load import load_catalogue
from etl.catalogue.models import Catalogue
from etl.catalogue.names import fold_name
from etl.catalogue.period import parse_period
from etl.jobs.connector_registry import CONNECTORS
from etl.jobs.loading.feed_run import run_feed
from etl.jobs.scheduling.inbox_watch import Inbox
from etl.jobs.workbooks.template import build_template
from etl.jobs.workbooks.template_checks import ROWS
from etl.jobs.workbooks.template_words import TemplateTask, choices
from etl.measures.region import resolve_region
from etl.pipeline.identify import indicator_words
from etl.pipeline.layout.table_header import LayoutError
from etl.pipeline.origin import plan_words
from etl.warehouse.engine import open_engine
from etl.warehouse.migration import migrate
from etl.warehouse.read import journal, queries
from etl.warehouse.write.commits import record_catalogue
from tests.jobs import job
from tests.problems.trial import feed, refine_bytes, trial_catalogue

ROOT = Path(__file__).resolve().parents[2]
NOW = dt.datetime(2026, 11, 22, tzinfo=dt.UTC)


@pytest.fixture(scope="module")
def catalogue() -> Catalogue:
    return load_catalogue(ROOT, CONNECTORS)


@pytest.fixture(scope="module")
def targets(catalogue: Catalogue) -> Feed:
    return catalogue.feed["targets"]


@pytest.fixture
def book(catalogue: Catalogue, targets: Feed) -> Workbook:
    """Give the template as Excel would open it."""
    buffer = io.BytesIO()
    build_template(targets, catalogue, "64.01", NOW.date()).save(buffer)
    return load_workbook(io.BytesIO(buffer.getvalue()))


def fill(sheet: Worksheet, feed: Feed, row: int, **cells: object) -> None:
    for column, field in enumerate(feed.columns, 1):
        sheet.cell(row, column).value = cells.get(field)  # type: ignore[assignment]


def test_it_holds_headers_and_no_figure(book: Workbook, targets: Feed) -> None:
    data = book["Data"]
    assert [cell.value for cell in data[1]] == list(targets.columns.values())
    assert all(cell.value is None for row in data.iter_rows(min_row=2) for cell in row)


def test_headers_are_locked_and_rows_are_open(book: Workbook) -> None:
    data = book["Data"]
    assert data.protection.sheet
    assert data["A1"].protection.locked
    assert not data["A2"].protection.locked
    assert not data.cell(ROWS + 1, 1).protection.locked


def test_drop_downs_cover_every_row_and_offer_only_what_is_understood(
    book: Workbook, catalogue: Catalogue, targets: Feed
) -> None:
    task = TemplateTask(targets, catalogue, "64.01", NOW.date())
    offered = {str(each.sqref): each.formula1 for each in book["Data"].data_validations.dataValidation}
    letters = {field: "ABCDEFGHIJ"[number] for number, field in enumerate(targets.columns)}
    for field in ("indicator", "region", "plan", "unit"):
        assert f"{letters[field]}2:{letters[field]}{ROWS + 1}" in offered
    regions = [resolve_region(word, catalogue) for word in choices("region", task)]
    assert {"64.01", "64.08", "64.09", "64", "pemprov"} <= set(regions)
    assert None not in regions
    known = indicator_words(catalogue.indicators)
    assert [known[fold_name(each)] for each in choices("indicator", task)] == [each.id for each in catalogue.indicators]
    plans = plan_words(catalogue)
    assert [plans[fold_name(each)] for each in choices("plan", task)] == [each.id for each in catalogue.plans]


def test_instructions_come_first_and_explain_every_column(book: Workbook, targets: Feed) -> None:
    assert book.sheetnames[0] == "Petunjuk"
    told = {str(row[0].value): str(row[1].value or "") for row in book["Petunjuk"].iter_rows(max_col=2)}
    assert all(told[header] for header in targets.columns.values())


def test_a_filled_template_becomes_targets(
    book: Workbook, catalogue: Catalogue, targets: Feed, tmp_path: Path, sqlite_url: str
) -> None:
    data = book["Data"]
    plan = choices("plan", TemplateTask(targets, catalogue, "64.01", NOW.date()))[0]
    indicator = catalogue.indicator["poverty-rate"]
    row = {"indicator": indicator.name.id, "region": "Kabupaten Paser", "plan": plan, "unit": indicator.unit}
    fill(data, targets, 2, **row, period="2029", value=6.5, publication="Bappeda")
    fill(data, targets, 3, **row, period="2030", value="6,22", publication="Bappeda")
    fill(data, targets, 4, **row, period="2031", value="6.22 persen")
    inbox = tmp_path / "data/inbox/targets"
    inbox.mkdir(parents=True)
    book.save(inbox / "isi.xlsx")
    engine = open_engine(sqlite_url)
    migrate(engine)
    record_catalogue(engine, catalogue, NOW)
    [report] = run_feed(job(engine, catalogue, tmp_path, NOW), targets)
    assert (report.rows_read, report.accepted, report.refused) == (3, 2, 1), report
    with engine.connect() as connection:
        vintage = queries.current_vintage(connection)
        assert vintage is not None
        found = queries.observations(connection, vintage, kind="target")
        [refused] = queries.findings(connection)
    engine.dispose()
    assert {each.period.code: each.value for each in found} == {"2029": Decimal("6.5"), "2030": Decimal("6.22")}
    assert {each.plan for each in found} == {catalogue.plans[0].id}
    assert (refused.sheet, refused.row, refused.rule) == ("Data", 4, "bukan-angka")
    assert (inbox / "isi.xlsx").exists() is False


def test_a_template_of_another_feed_is_returned() -> None:
    buffer = io.BytesIO()
    build_template(feed(id="lain"), trial_catalogue(), "64.01", NOW.date()).save(buffer)
    with pytest.raises(LayoutError, match="templat kiriman “lain”, bukan “opd”"):
        refine_bytes(buffer.getvalue())


def made(feed_id: str, catalogue: Catalogue, home: str = "64.01") -> Workbook:
    buffer = io.BytesIO()
    build_template(catalogue.feed[feed_id], catalogue, home, NOW.date()).save(buffer)
    return load_workbook(io.BytesIO(buffer.getvalue()))


def offered(book: Workbook, letter: str) -> list[str]:
    """Give the words of a column's drop-down, in the order in which Excel shows them."""
    [check] = [each for each in book["Data"].data_validations.dataValidation if str(each.sqref).startswith(letter)]
    assert check.type == "list"
    return [str(cell.value) for cell in book["Daftar"][letter] if cell.value is not None]


def test_a_kecamatan_feed_has_a_row_for_each_kecamatan_of_its_regency(catalogue: Catalogue) -> None:
    for home in ("64.01", "64.09"):
        book = made("stunting_eppgbm", catalogue, home)
        own = [each.code for each in catalogue.regions if each.parent == home]
        written = [str(book["Data"].cell(row, 1).value) for row in range(2, len(own) + 2)]
        assert [resolve_region(name, catalogue) for name in written] == own
        assert [resolve_region(name, catalogue) for name in offered(book, "A")] == own
        assert book["Data"].cell(len(own) + 2, 1).value is None


def test_only_periods_that_have_ended_are_offered(catalogue: Catalogue) -> None:
    periods = offered(made("stunting_eppgbm", catalogue), "B")
    assert periods[:2] == ["Oktober 2026", "September 2026"]
    assert all(parse_period(each).end < NOW.date() for each in periods)
    assert offered(made("dtsen_agregat", catalogue), "C")[0] == "Triwulan III 2026"


def test_numbers_are_bounded_by_what_is_sane(catalogue: Catalogue) -> None:
    checks = {
        str(each.sqref)[0]: each for each in made("stunting_eppgbm", catalogue)["Data"].data_validations.dataValidation
    }
    assert (checks["C"].type, checks["C"].formula1, checks["C"].formula2) == ("decimal", "0", "70")
    assert checks["D"].formula1 == "0"


def test_cells_are_coloured_without_writing_into_any(catalogue: Catalogue) -> None:
    data = made("stunting_eppgbm", catalogue)["Data"]
    formulas = [rule.formula[0] for each in data.conditional_formatting for rule in each.rules]
    assert 'AND(COUNTA($A2:$F2)>1,C2="")' in formulas
    assert 'AND(C2<>"",NOT(ISNUMBER(C2)))' in formulas
    assert any("COUNTIFS($A$2:$A$1001,$A2,$B$2:$B$1001,$B2)>1" in each for each in formulas)
    assert not any(cell.data_type == "f" for row in data.iter_rows() for cell in row)


def test_every_shipped_feed_of_the_inbox_has_a_template_that_its_own_feed_takes(catalogue: Catalogue) -> None:
    dropped = [each for each in catalogue.feeds if (each.path or "").startswith("data/inbox/")]
    assert len(dropped) > 5
    for each in dropped:
        book = made(each.id, catalogue)
        assert [cell.value for cell in book["Data"][1]][: len(each.columns)] == list(each.columns.values())
        told = {str(row[0].value): str(row[1].value or "") for row in book["Petunjuk"].iter_rows(max_col=2)}
        assert all(told[header] for header in each.columns.values()), each.id


def test_a_filled_kecamatan_template_is_loaded_from_anywhere_in_the_inbox(
    catalogue: Catalogue, tmp_path: Path, sqlite_url: str
) -> None:
    book = made("stunting_eppgbm", catalogue)
    fill(book["Data"], catalogue.feed["stunting_eppgbm"], 2, region="Kecamatan Batu Sopang", period="Oktober 2026",
         value=12.5, numerator=5, denominator=40)  # fmt: skip
    path = tmp_path / "data/inbox/isian batu sopang.xlsx"
    path.parent.mkdir(parents=True)
    book["Data"]["A2"] = offered(book, "A")[0]
    book.save(path)
    later = dt.datetime.fromtimestamp(path.stat().st_ctime + 60, dt.UTC)
    [(name, paths)] = Inbox(tmp_path).waiting(catalogue.feeds, later).items()
    assert (name, paths[0].parent.name) == ("stunting_eppgbm", "stunting_eppgbm")
    engine = open_engine(sqlite_url)
    migrate(engine)
    record_catalogue(engine, catalogue, NOW)
    [report] = run_feed(job(engine, catalogue, tmp_path, NOW), catalogue.feed[name])
    with engine.connect() as connection:
        rules = {each.rule for each in journal.findings(connection)}
    engine.dispose()
    rest = len(offered(book, "A")) - 1
    assert (report.accepted, report.refused) == (1, rest)
    assert rules == {"tanpa-nilai"}
