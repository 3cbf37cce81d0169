"""Who says a figure, and as what: kind, status, series, plan, publication and producer, with their defaults."""

from __future__ import annotations

from collections.abc import Mapping

from etl.catalogue.feeds import Feed
from etl.catalogue.models import Catalogue, Indicator
from etl.catalogue.names import fold_name
from etl.catalogue.planning import Plan
from etl.pipeline.batch import Batch
from etl.pipeline.identify import Nearest
from etl.pipeline.normalise import KINDS, STATUSES, translate
from etl.sheets.categorical import by_word, choose, combine, said, spread

MOST_NAMED = 6


def give_origin(batch: Batch, feed: Feed, catalogue: Catalogue) -> None:
    """Fill in series, plan, publication and producer; refuse words that the catalogue does not know.

    `kind` and `status` must have been read by `read_kinds` before.
    """
    _read_series(batch, catalogue, published=bool(feed.rules))
    _read_plans(batch, catalogue)
    _read_publications(batch, feed, catalogue)
    _read_producers(batch, catalogue)


def read_kinds(batch: Batch) -> None:
    """Translate kind and status into the catalogue's words; silence means a final realisation."""
    translate(batch, "kind", KINDS, "realisation", "jenis-tak-dikenal", "jenis angka")
    translate(batch, "status", STATUSES, "final", "status-tak-dikenal", "status")


def _read_series(batch: Batch, catalogue: Catalogue, published: bool) -> None:
    """Read or ask for the series; of published figures, whose names are mapped one by one, silence means the first."""
    known: dict[str, dict[str, str]] = {}
    for indicator in catalogue.indicators:
        names = {fold_name(series.name.id): series.id for series in indicator.series}
        known[indicator.id] = names | {fold_name(id_): id_ for id_ in indicator.series_ids}
    rows = batch.rows.copy(deep=False)
    codes, keys = combine(rows, ("indicator_id", "series"))
    found = [
        known[indicator].get(fold_name(text)) if text else _unsaid_series(catalogue.indicator[indicator], published)
        for indicator, text in keys
    ]
    rows["series_id"] = spread(codes, found, rows.index)
    batch.rows = rows
    batch.refuse(
        rows["series_id"].isna() & ~said(rows["series"]),
        "seri-tak-disebut",
        "series",
        lambda row: _which_series(catalogue.indicator[row["indicator_id"]]),
    )
    batch.refuse(
        batch.rows["series_id"].isna(),
        "seri-tak-dikenal",
        "series",
        lambda row: f"seri “{row['series']}” tidak dikenal. Pilihannya: {', '.join(known[row['indicator_id']])}.",
    )


def _unsaid_series(indicator: Indicator, published: bool) -> str | None:
    return indicator.default_series if published or len(indicator.series) < 2 else None


def _which_series(indicator: Indicator) -> str:
    names = ", ".join(f"“{each.name.id}”" for each in indicator.series[:MOST_NAMED])
    more = f", dan {len(indicator.series) - MOST_NAMED} lagi" if len(indicator.series) > MOST_NAMED else ""
    return (
        f"{indicator.name.id} punya {len(indicator.series)} seri yang tidak sebanding ({names}{more}), dan berkas ini "
        "tidak menyebut yang mana. Sebutkan serinya pada judul atau kolom seri."
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


def _read_plans(batch: Batch, catalogue: Catalogue) -> None:
    words = plan_words(catalogue)
    nearest = Nearest(words)
    rows = batch.rows.copy(deep=False)
    rows["plan_id"] = by_word(rows["plan"], lambda text: words.get(fold_name(text)) if text else None)
    batch.rows = rows
    batch.refuse(
        said(rows["plan"]) & rows["plan_id"].isna(),
        "dokumen-tak-dikenal",
        "plan",
        lambda row: (
            f"dokumen rencana “{row['plan']}” tidak ada di katalog.{nearest(row['plan'])} "
            "Periksa ejaannya; bila dokumennya baru, kabari walidata."
        ),
    )
    batch.refuse(
        batch.rows["kind"].eq("target") & batch.rows["plan_id"].isna(),
        "tanpa-dokumen",
        "plan",
        "target tanpa dokumen rencana. Isi dokumennya (RPJMD, RKPD, Renstra, SPM atau RPJMN).",
    )


def _read_publications(batch: Batch, feed: Feed, catalogue: Catalogue) -> None:
    rows = batch.rows.copy(deep=False)
    plans = {plan.id: f"{plan.document} ({plan.version})" for plan in catalogue.plans}
    codes, keys = combine(rows, ("plan_id", "publication"))
    # Two plans may set one target on the word of one source: the plan's title keeps them apart.
    titles = [
        text if text in catalogue.publication else "; ".join(filter(None, (plans.get(plan), text))) or feed.name.id
        for plan, text in keys
    ]
    rows["publication"] = spread(codes, titles, rows.index)
    batch.rows = rows
    if feed.rules:
        # A published figure without its declared publication could not be traced to where it was printed.
        batch.refuse(
            ~rows["publication"].isin(list(catalogue.publication)),
            "publikasi-tak-dikenal",
            "publication",
            lambda row: f"publikasi “{row['publication']}” belum ada di data/published/publications.yaml. Tambahkan.",
        )


def _read_producers(batch: Batch, catalogue: Catalogue) -> None:
    words = producer_words(catalogue)
    rows = batch.rows.copy(deep=False)
    own = by_word(rows["indicator_id"], lambda key: catalogue.indicator[key].producer if key else None)
    issuers = {plan.id: _issuer(plan, catalogue) for plan in catalogue.plans}
    issued = by_word(rows["plan_id"], issuers.get)
    own = choose(rows["kind"].eq("target") & issued.notna(), issued, own)
    found = by_word(rows["producer"], lambda text: words.get(fold_name(text)) if text else None)
    rows["producer_id"] = choose(said(rows["producer"]), found, own)
    batch.rows = rows
    nearest = Nearest(words)
    batch.refuse(
        rows["producer_id"].isna(),
        "produsen-tak-dikenal",
        "producer",
        lambda row: f"produsen data “{row['producer']}” tidak ada di katalog.{nearest(str(row['producer'] or ''))}",
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
