"""Who says a figure, and as what: kind, status, series, plan, publication and producer, with their defaults."""

from __future__ import annotations

from collections.abc import Mapping

import pandas as pd

from etl.catalogue.feeds import Feed
from etl.catalogue.models import Catalogue
from etl.catalogue.names import fold_name
from etl.catalogue.planning import Plan
from etl.pipeline.meaning import nearest
from etl.pipeline.normalise import KINDS, STATUSES, translate
from etl.pipeline.sieve import Sieve


def give_origin(sieve: Sieve, feed: Feed, catalogue: Catalogue) -> None:
    """Fill in series, plan, publication and producer; refuse words that the catalogue does not know.

    `kind` and `status` must have been read by `read_kinds` before.
    """
    _read_series(sieve, catalogue)
    _read_plans(sieve, catalogue)
    _read_publications(sieve, feed, catalogue)
    _read_producers(sieve, catalogue)


def read_kinds(sieve: Sieve) -> None:
    """Translate kind and status into the catalogue's words; silence means a final realisation."""
    translate(sieve, "kind", KINDS, "realisation", "jenis-tak-dikenal", "jenis angka")
    translate(sieve, "status", STATUSES, "final", "status-tak-dikenal", "status")


def _said(rows: pd.DataFrame, field: str) -> pd.Series:
    return rows[field].notna() & rows[field].ne("")


def _read_series(sieve: Sieve, catalogue: Catalogue) -> None:
    known: dict[str, dict[str, str]] = {}
    for each in catalogue.indicators:
        names = {fold_name(series.name.id): series.id for series in each.series}
        known[each.id] = names | {fold_name(id_): id_ for id_ in each.series_ids}
    rows = sieve.rows.copy()
    given = rows["series"].where(_said(rows, "series"), None)
    found = [
        known[indicator].get(fold_name(text)) if text else catalogue.indicator[indicator].default_series
        for indicator, text in zip(rows["indicator_id"], given, strict=True)
    ]
    rows["series_id"] = pd.Series(found, index=rows.index, dtype=object)
    sieve.rows = rows
    sieve.refuse(
        rows["series_id"].isna(),
        "seri-tak-dikenal",
        "series",
        lambda row: f"seri “{row['series']}” tidak dikenal. Pilihannya: {', '.join(known[row['indicator_id']])}.",
    )


def plan_words(catalogue: Catalogue) -> dict[str, str]:
    """Map each way to name a plan, folded, to its id: the id, `document (version)`, an unambiguous document."""
    documents: dict[str, set[str]] = {}
    for plan in catalogue.plans:
        documents.setdefault(fold_name(plan.document), set()).add(plan.id)
    words = {text: ids.pop() for text, ids in documents.items() if len(ids) == 1}
    for plan in catalogue.plans:
        words |= {fold_name(f"{plan.document} ({plan.version})"): plan.id, fold_name(plan.id): plan.id}
    return words


def _read_plans(sieve: Sieve, catalogue: Catalogue) -> None:
    words = plan_words(catalogue)
    rows = sieve.rows.copy()
    given = rows["plan"].where(_said(rows, "plan"), None)
    found = [words.get(fold_name(text)) if text else None for text in given]
    rows["plan_id"] = pd.Series(found, rows.index, dtype=object)
    sieve.rows = rows
    sieve.refuse(
        given.notna() & rows["plan_id"].isna(),
        "dokumen-tak-dikenal",
        "plan",
        lambda row: (
            f"dokumen rencana “{row['plan']}” tidak ada di katalog.{nearest(row['plan'], words)} "
            "Daftarkan pada `plans` di indicators.yaml."
        ),
    )
    sieve.refuse(
        sieve.rows["kind"].eq("target") & sieve.rows["plan_id"].isna(),
        "tanpa-dokumen",
        "plan",
        "target tanpa dokumen rencana. Isi dokumennya (RPJMD, RKPD, Renstra, SPM atau RPJMN).",
    )


def _read_publications(sieve: Sieve, feed: Feed, catalogue: Catalogue) -> None:
    rows = sieve.rows.copy()
    plans = {plan.id: f"{plan.document} ({plan.version})" for plan in catalogue.plans}
    titles = rows["plan_id"].map(plans)
    given = rows["publication"].where(_said(rows, "publication"), None)
    # Two plans may set one target on the word of one source: the plan's title keeps them apart.
    rows["publication"] = [
        text
        if text in catalogue.publication
        else "; ".join(part for part in (title, text) if isinstance(part, str)) or feed.name.id
        for title, text in zip(titles, given, strict=True)
    ]
    sieve.rows = rows
    if feed.rules:
        # A published figure without its declared publication could not be traced to where it was printed.
        sieve.refuse(
            ~rows["publication"].isin(list(catalogue.publication)),
            "publikasi-tak-dikenal",
            "publication",
            lambda row: f"publikasi “{row['publication']}” belum ada di data/published/publications.yaml. Tambahkan.",
        )


def _read_producers(sieve: Sieve, catalogue: Catalogue) -> None:
    words = producer_words(catalogue)
    rows = sieve.rows.copy()
    given = rows["producer"].where(_said(rows, "producer"), None)
    own = rows["indicator_id"].map({each.id: each.producer for each in catalogue.indicators})
    issued = rows["plan_id"].map({plan.id: _issuer(plan, catalogue) for plan in catalogue.plans})
    own = issued.where(rows["kind"].eq("target") & issued.notna(), own)
    found = pd.Series([words.get(fold_name(text)) if text else None for text in given], rows.index, dtype=object)
    rows["producer_id"] = found.where(given.notna(), own)
    sieve.rows = rows
    sieve.refuse(
        rows["producer_id"].isna(),
        "produsen-tak-dikenal",
        "producer",
        lambda row: f"produsen data “{row['producer']}” tidak ada di katalog.{nearest(row['producer'], words)}",
    )


def _issuer(plan: Plan, catalogue: Catalogue) -> str | None:
    """Tell which producer stands for the body that issued a plan; None where the catalogue names none."""
    level = catalogue.region[plan.region].level
    body = {"regency": "pemda", "city": "pemda", "province": "pemprov", "subject": "pemprov"}.get(level)
    return body if body in catalogue.producer else None


def producer_words(catalogue: Catalogue) -> Mapping[str, str]:
    """Map each producer's id and name, folded, to its id."""
    return {fold_name(each.name): each.id for each in catalogue.producers} | {
        fold_name(each.id): each.id for each in catalogue.producers
    }
