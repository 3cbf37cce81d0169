"""Another indicator's name over figures: "Indeks Pembangunan Gender" is no IPM, whatever the feed maps it to."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence

from etl.catalogue.feeds import Feed
from etl.catalogue.models import Catalogue, Indicator
from etl.pipeline.batch import Batch
from etl.pipeline.layout.head_words import words
from etl.pipeline.layout.narrower_heads import ABBREVIATED, NarrowerHeads
from etl.pipeline.layout.sheet_lines import Path
from etl.pipeline.layout.value_cells import Doubt


class SpokenNames:
    """The names of all indicators as heads and titles write them; of two that overlap the longer one is meant."""

    def __init__(self, catalogue: Catalogue) -> None:
        self._bearers: dict[str, set[str]] = {}
        for each in catalogue.indicators:
            abbreviation = each.id if len(each.id) <= ABBREVIATED else ""
            for name in (each.name.id, each.short.id, each.name.en, each.short.en, abbreviation):
                self._bearers.setdefault(words(name), set()).add(each.id)
        self._narrower = NarrowerHeads(catalogue)
        longest = sorted(filter(None, self._bearers), key=len, reverse=True)
        self._pattern = re.compile(rf"\b(?=({'|'.join(map(re.escape, longest))})\b)") if longest else None

    def doubt(self, indicator: Indicator, path: Sequence[str], titles: Sequence[str]) -> Doubt | None:
        """Doubt figures whose head, or else title, names other indicators, or whose head names less than their own."""
        if indicator.name.id == indicator.id:
            return None  # a stand-in has no name that could be missed
        return self._other(indicator, path, titles) or self._narrower.doubt(indicator, path, titles)

    def _other(self, indicator: Indicator, path: Sequence[str], titles: Sequence[str]) -> Doubt | None:
        for texts in (path, titles):
            found = [name for text in texts for name in self._named(words(text))]
            others = [name for name in found if indicator.id not in self._bearers[name]]
            if len(others) < len(found):
                return None
            written = re.findall(r"\w+", " ".join(texts))
            clear = [name for name in others if " " in name or name.upper() in written]
            if clear:
                sentence = (
                    f"judul menyebut “{clear[0]}”, sedangkan kiriman ini memuatnya sebagai {indicator.name.id}. "
                    "Kirim angka yang dimaksud, atau minta walidata memetakannya ke indikator yang cocok."
                )
                return Doubt("indikator-judul", "value", sentence)
        return None

    def _named(self, text: str) -> Iterator[str]:
        """Yield the names in a text but those within a longer one; names that overlap are both given."""
        spans = [match.span(1) for match in self._pattern.finditer(text)] if self._pattern else []
        for start, end in spans:
            if not any((left, right) != (start, end) and left <= start and end <= right for left, right in spans):
                yield text[start:end]


def refuse_other_indicator(
    batch: Batch, told: Mapping[str | None, tuple[Path, Sequence[str]]], feed: Feed, catalogue: Catalogue
) -> None:
    """Refuse the figures of plain tables, all of one declared indicator, that stand under the name of another."""
    indicator = catalogue.indicator.get(feed.defaults.get("indicator", ""))
    if indicator is None or "indicator" in feed.columns:
        return
    names = SpokenNames(catalogue)
    for sheet, (path, titles) in told.items():
        if doubt := names.doubt(indicator, path, titles):
            batch.refuse(batch.of_sheet(sheet), doubt.rule, doubt.field, doubt.sentence)
