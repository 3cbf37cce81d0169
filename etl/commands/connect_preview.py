"""What connect shows before anything is written: what a feed would load, and what it would return."""

from __future__ import annotations

from collections.abc import Hashable, Mapping
from typing import TYPE_CHECKING, Any

from etl.catalogue.decimals import indonesian
from etl.catalogue.period import from_code, label
from etl.commands.context import UsageError

if TYPE_CHECKING:
    from etl.catalogue.feeds import Feed
    from etl.catalogue.models import Catalogue
    from etl.connectors.base import Delivery, Reach
    from etl.jobs.job_context import JobContext

SHOWN = 12


def _row(catalogue: Catalogue, row: Mapping[Hashable, Any]) -> tuple[str, ...]:
    indicator = catalogue.indicator[row["indicator"]]
    series = next((each.name.id for each in indicator.series if each.id == row["series"]), "")
    where, when = catalogue.region[row["region"]].name, label(from_code(row["period"]), "id")
    value = indonesian(row["value"], row["unit"]) if row["value"] else str(row["category"])
    return indicator.short.id, series, where, when, value


def fetch_sample(feed: Feed, reach: Reach) -> Delivery:
    """Fetch what the feed would load, without loading it; raises UsageError in the source's words."""
    from etl.connectors.base import FetchError
    from etl.jobs.connector_registry import CONNECTORS

    print(f"Membaca sumbernya untuk {reach.span.first} sampai {reach.span.last} …")
    try:
        found = list(CONNECTORS[feed.connector].fetch(feed, reach))
    except FetchError as error:
        raise UsageError(str(error)) from None
    if not found:
        raise UsageError("Sumber tidak memberi apa pun. Periksa isiannya.")
    return found[0]


def show_sample(job: JobContext, feed: Feed, delivery: Delivery) -> None:
    """Show what would load and what would be returned; raises UsageError where it cannot be read."""
    from etl.jobs.loading.delivery_load import RefusedDeliveryError, refine_delivery
    from etl.jobs.reports.run_report import table
    from etl.sheets.categorical import plain

    try:
        refined = refine_delivery(job, feed, delivery)
    except RefusedDeliveryError as error:
        raise UsageError(f"Contoh tidak dapat dibaca: {error}") from None
    frame = plain(refined.accepted)
    rows = [_row(job.catalogue, each) for each in frame.head(SHOWN).to_dict("records")]
    print("\n".join(table(("indikator", "seri", "wilayah", "periode", "nilai"), rows)))
    back = refined.findings[refined.findings["severity"].eq("refused")]
    print(f"Dibaca {refined.rows_read} baris: {len(frame)} akan diterima, {len(back)} dikembalikan.")
    for sentence in back["sentence"].drop_duplicates().head(SHOWN // 2):
        print(f"  - {sentence}")
