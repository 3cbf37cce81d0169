"""Another indicator's name over figures: "Indeks Pembangunan Gender" is no IPM, whatever the feed maps it to."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence

from etl.catalogue.models import Catalogue, Indicator
from etl.pipeline.layout.head_words import words
from etl.pipeline.layout.value_cells import Doubt


class SpokenNames:
    """The names of all indicators as heads and titles write them; of two that overlap the longer one is meant."""

    def __init__(self, catalogue: Catalogue) -> None:
        self._bearers: dict[str, set[str]] = {}
        for each in catalogue.indicators:
            for name in (each.name.id, each.short.id, each.name.en, each.short.en):
                self._bearers.setdefault(words(name), set()).add(each.id)
        self._catalogue = catalogue
        longest = sorted(filter(None, self._bearers), key=len, reverse=True)
        self._pattern = re.compile(rf"\b(?:{'|'.join(map(re.escape, longest))})\b") if longest else None

    def doubt(self, indicator: Indicator, path: Sequence[str], titles: Sequence[str]) -> Doubt | None:
        """Doubt figures whose head, or else title, names other indicators and not the one that is declared."""
        for texts in (path, titles):
            found = list(self._found(texts))
            told = [name for name in found if indicator.id not in self._bearers[name]]
            if len(told) < len(found):
                return None
            clear = [name for name in told if " " in name or name.upper() in " ".join(texts).split()]
            if clear:
                sentence = (
                    f"judul menyebut “{clear[0]}”, sedangkan kiriman ini memuatnya sebagai {indicator.name.id}. "
                    "Kirim angka yang dimaksud, atau minta walidata memetakannya ke indikator yang cocok."
                )
                return Doubt("indikator-judul", "value", sentence)
        return None

    def _found(self, texts: Iterable[str]) -> Iterable[str]:
        return (match[0] for text in texts if self._pattern for match in self._pattern.finditer(words(text)))
