"""Records of figures and of their history as rows of the API."""

from __future__ import annotations

from decimal import Decimal

from dashboard.api.encoding import utc_text
from dashboard.language import t
from dashboard.urls import Lang
from etl.catalogue.models import Catalogue
from etl.catalogue.reference import Text
from etl.measures.observation import Attempt, Contest, Finding, Observation, Reason, Run, Vintage

Row = dict[str, object]
LANGS: tuple[Lang, ...] = ("id", "en")


def why_row(reason: Reason) -> Row:
    """Return the rule behind a reason in both languages."""
    return {lang: t(f"reasons.{reason}_why", lang) for lang in LANGS}


def text_row(text: Text) -> Row:
    """Return both languages."""
    return {"id": text.id, "en": text.en}


def observation_row(each: Observation, catalogue: Catalogue, vintage: Vintage, shown: bool) -> Row:
    """Return one observation with its source, receipt and place in the file.

    `value` stays a Decimal in the indicator's unit, or None for a category. `vintage` is the one asked for;
    the row's own `vintage` is the one that brought it.
    """
    region = catalogue.region.get(each.region)
    return {
        "id": each.id,
        "indicator": each.indicator,
        "series": each.series,
        "region": each.region,
        "region_name": region.name if region else each.region,
        "period": each.period.code,
        "period_start": each.period.start.isoformat(),
        "period_end": each.period.end.isoformat(),
        "kind": each.kind,
        "value": each.value,
        "category": each.category,
        "unit": each.unit,
        "printed": each.printed,
        "printed_unit": each.printed_unit,
        "step": each.step,
        "numerator": each.numerator,
        "denominator": each.denominator,
        "status": each.status,
        "marks": sorted(each.marks),
        "note": each.note,
        "plan": each.plan,
        "source": source_row(each, catalogue),
        "feed": each.feed,
        "run": each.run,
        "version": each.version,
        "vintage": each.vintage,
        "vintage_seal": vintage.seal[:8],
        "recorded_at": utc_text(each.recorded_at),
        "place": {
            "file": each.place.file,
            "sheet": each.place.sheet,
            "row": each.place.row,
            "column": each.place.column,
            "sha256": each.place.sha256,
        },
        "shown": shown,
    }


def source_row(each: Observation, catalogue: Catalogue) -> Row:
    """Return who made the figure and where it was printed."""
    producer = catalogue.producer.get(each.producer)
    publication = catalogue.publication.get(each.publication)
    return {
        "producer": each.producer,
        "producer_name": producer.name if producer else each.producer,
        "publication": each.publication,
        "title": publication.title if publication else None,
        "url": publication.url if publication else None,
    }


def contest_row(each: Contest, catalogue: Catalogue, vintage: Vintage, hidden: frozenset[int]) -> Row:
    """Return one contested key: the shown observation, the others and the reason in words.

    `hidden` are the ids behind another of their own key; one of another series is shown under its own.
    """
    region = catalogue.region.get(each.region)
    return {
        "indicator": each.indicator,
        "region": each.region,
        "region_name": region.name if region else each.region,
        "period": each.period,
        "kind": each.kind,
        "reason": each.reason,
        "why": why_row(each.reason),
        "bands_differ": each.bands_differ,
        "shown": observation_row(each.shown, catalogue, vintage, True),
        "others": [
            observation_row(other, catalogue, vintage, other.id not in hidden)
            | {"difference": difference(each.shown, other)}
            for other in each.others
        ],
    }


def difference(shown: Observation, other: Observation) -> Decimal | None:
    """Return the other value minus the shown one; None where a category or another unit stands between."""
    if shown.value is None or other.value is None or shown.unit != other.unit:
        return None
    return other.value - shown.value


def vintage_row(each: Vintage) -> Row:
    """Return one state of knowledge."""
    return {
        "number": each.number,
        "kind": each.kind,
        "recorded_at": utc_text(each.recorded_at),
        "seal": each.seal,
        "content": each.content,
        "catalogue": each.catalogue,
        "feed": each.feed,
        "run": each.run,
    }


def run_row(each: Run) -> Row:
    """Return one sealed load; rows_read = accepted + unchanged + refused."""
    return {
        "id": each.id,
        "feed": each.feed,
        "vintage": each.vintage,
        "started_at": utc_text(each.started_at),
        "recorded_at": utc_text(each.recorded_at),
        "rows_read": each.rows_read,
        "accepted": each.accepted,
        "unchanged": each.unchanged,
        "refused": each.refused,
        "content": each.content,
        "files": list(each.files),
    }


def attempt_row(each: Attempt) -> Row:
    """Return one try of a feed; `outcome` is None while it runs."""
    return {
        "id": each.id,
        "started_at": utc_text(each.started_at),
        "heartbeat_at": utc_text(each.heartbeat_at),
        "finished_at": utc_text(each.finished_at) if each.finished_at else None,
        "outcome": each.outcome,
        "message": each.message,
        "run": each.run,
        "rows_read": each.rows_read,
        "refused": each.refused,
    }


def finding_row(each: Finding) -> Row:
    """Return one refused row or warning with its place, raw text and sentence."""
    return {
        "id": each.id,
        "attempt": each.attempt,
        "run": each.run,
        "feed": each.feed,
        "rule": each.rule,
        "severity": each.severity,
        "file": each.file,
        "sheet": each.sheet,
        "row": each.row,
        "column": each.column,
        "raw": each.raw,
        "sentence": each.sentence,
    }
