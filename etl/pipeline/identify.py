"""What a row speaks about: its indicator, series and kind, by name, and the declared corrections of published rows."""

from __future__ import annotations

from collections.abc import Iterable
from difflib import get_close_matches

import pandas as pd

from etl.catalogue.feeds import Feed
from etl.catalogue.models import Catalogue, Indicator
from etl.catalogue.names import fold_name
from etl.catalogue.reference import Rule, When
from etl.pipeline.batch import Batch
from etl.sheets.categorical import by_word, choose, constant, true_where

MOST_SUGGESTED = 1000
# Where a rule's word goes; the row's own words stay as printed, for the findings and for later rules.
OVERRIDES = {
    **{field: field for field in ("series", "kind", "status", "producer", "plan")},
    **{"indicator": "indicator_id", "region": "rule_region", "period": "rule_period"},
}


def identify_rows(batch: Batch, feed: Feed, catalogue: Catalogue) -> None:
    """Resolve each row's indicator and fill in what its name and the published rules declare.

    Adds the columns `indicator_id`, `rule_region`, `rule_period` and `marks`; refuses rows of unknown name and
    rows that a rule refuses.
    """
    if feed.rules:
        _read_collected_names(batch, catalogue)
    else:
        _read_indicators(batch, catalogue)
    if feed.units and feed.layout is None and "unit" not in feed.columns:
        _give_units(batch, feed)
    rows = batch.rows.copy(deep=False)
    rows["marks"] = constant("", rows.index)
    rows["rule_region"] = rows["rule_period"] = constant(None, rows.index)
    batch.rows = rows
    if feed.rules:
        for rule in catalogue.published.rules:
            _apply(batch, rule)


def _give_units(batch: Batch, feed: Feed) -> None:
    rows = batch.rows.copy(deep=False)
    declared = by_word(rows["indicator_id"], lambda id_: feed.units.get(id_ or ""))
    rows["unit"] = choose(declared.notna(), declared, rows["unit"])
    batch.rows = rows


class Nearest:
    """Suggests the nearest known word as a clause, or nothing; only for the first MOST_SUGGESTED strange words.

    A suggestion takes a millisecond, and a delivery that holds none of our words may have a million others.
    """

    def __init__(self, known: Iterable[str]) -> None:
        self._known = list(known)
        self._said: dict[str, str] = {}

    def __call__(self, word: str) -> str:
        if word not in self._said and len(self._said) < MOST_SUGGESTED:
            close = get_close_matches(word, self._known, n=1, cutoff=0.6)
            self._said[word] = f" Mungkin maksudnya “{close[0]}”." if close else ""
        return self._said.get(word, "")


def _read_collected_names(batch: Batch, catalogue: Catalogue) -> None:
    names = catalogue.published.names
    nearest = Nearest(names)
    batch.refuse(
        ~batch.rows["name"].isin(list(names)),
        "nama-tak-dikenal",
        "name",
        lambda row: (
            f"nama “{row['name']}” belum dipetakan ke indikator.{nearest(str(row['name']))} "
            "Tambahkan pada data/published/names.yaml."
        ),
    )
    rows = batch.rows.copy(deep=False)
    rows["indicator_id"] = by_word(rows["name"], lambda name: names[name].indicator if name in names else None)
    for field in ("series", "kind", "status", "plan"):
        said = {name: getattr(rule, field) for name, rule in names.items()}
        declared = by_word(rows["name"], said.get)
        rows[field] = choose(declared.notna(), declared, rows[field])
    batch.rows = rows


def _read_indicators(batch: Batch, catalogue: Catalogue) -> None:
    known = indicator_words(catalogue.indicators)
    found = by_word(batch.rows["indicator"], lambda text: known.get(fold_name(text or "")))
    nearest = Nearest(one.name.id for one in catalogue.indicators)
    batch.refuse(
        found.isna(),
        "indikator-tak-dikenal",
        "indicator",
        lambda row: (
            f"indikator “{row['indicator'] or ''}” tidak ada di katalog."
            f"{nearest(str(row['indicator'] or ''))} "
            "Pakai nama indikator dari templat kiriman ini."
        ),
    )
    rows = batch.rows.copy(deep=False)
    rows["indicator_id"] = found.reindex(rows.index)
    batch.rows = rows


def indicator_words(indicators: Iterable[Indicator]) -> dict[str, str]:
    """Map every id and every unambiguous name, folded, to its indicator; an id beats a name."""
    named: dict[str, set[str]] = {}
    for each in indicators:
        for text in (each.name.id, each.name.en, each.short.id, each.short.en):
            named.setdefault(fold_name(text), set()).add(each.id)
    words = {text: ids.pop() for text, ids in named.items() if len(ids) == 1}
    return words | {fold_name(each.id): each.id for each in indicators}


def _apply(batch: Batch, rule: Rule) -> None:
    rows = batch.rows
    hit = _matches(rows, rule.when)
    if rule.refuse is not None:
        batch.refuse(hit, rule.id, _reason_field(rule.when), rule.refuse)
        return
    if not hit.any():
        return
    rows = rows.copy(deep=False)
    for field, column in OVERRIDES.items():
        value = getattr(rule, field)
        if value is not None:
            rows[column] = choose(hit, constant(value, rows.index), rows[column])
    if rule.marks:
        marked = by_word(rows["marks"], lambda text: join_marks(text or "", rule.marks))
        rows["marks"] = choose(hit, marked, rows["marks"])
    batch.rows = rows


def join_marks(text: str, more: Iterable[str]) -> str:
    """Add marks to a comma-joined text, sorted and each once."""
    return ",".join(sorted({*filter(None, text.split(",")), *more}))


def _matches(rows: pd.DataFrame, when: When) -> pd.Series:
    hit = pd.Series(True, index=rows.index)
    for field in ("name", "region", "period", "publication", "value"):
        allowed = getattr(when, field)
        if allowed:
            hit &= rows[field].isin(list(allowed))
    if when.note:
        parts = [part.casefold() for part in when.note]
        hit &= true_where(rows["note"], lambda text: any(part in (text or "").casefold() for part in parts))
    return hit


def _reason_field(when: When) -> str | None:
    said = [field for field in ("note", "value", "period", "region", "publication", "name") if getattr(when, field)]
    return said[0] if said else None
