"""Whose rows a feed reads: those of regions outside are counted, not returned, for nobody sent them by mistake."""

from __future__ import annotations

import re
from collections.abc import Callable

from etl.catalogue.feeds import Feed
from etl.catalogue.models import Catalogue
from etl.measures.region import WHOLE_CODE, read_region, resolve_part
from etl.pipeline.batch import Batch
from etl.pipeline.layout.head_words import ranked_name
from etl.pipeline.layout.sheet_reading import Reading
from etl.sheets.categorical import by_word

RULE = "di-luar-cakupan"
SENTENCE = "{} baris tentang wilayah di luar cakupan kiriman ini tidak dibaca, misalnya “{}”. Tidak perlu diperbaiki."


def word_region(text: str, feed: Feed, catalogue: Catalogue) -> str | None:
    """Return the region that a word of a feed stands for; "Kec. Kuaro" and "3. Kuaro" are read as layouts read them.

    A kecamatan shares its name with others elsewhere: those of the feed's own regency and level are meant.
    """
    found = read_region(text, catalogue, feed.region_codes)
    if found is None and feed.level != "regency":
        found = resolve_part(text, catalogue, feed.level, feed.region)
    if found is not None:
        return found
    name, level = ranked_name(text)
    if level is None:
        return read_region(name, catalogue, None) if name != text and not name[:1].isdigit() else None
    return resolve_part(name, catalogue, level, feed.region) or resolve_part(name, catalogue, level, None)


def leave_outside(batch: Batch, reading: Reading, feed: Feed, catalogue: Catalogue) -> None:
    """Take the rows of regions that the feed does not read out of the batch, and say in one line how many they were.

    A kecamatan or desa may bear the name of a far regency: feeds by those return what they do not know.
    """
    if feed.records or feed.rules or feed.regions == "all" or feed.level != "regency" or "region" not in batch.rows:
        return
    test = _other_than_own(feed, catalogue) if feed.regions == "own" else _known_elsewhere(feed, catalogue)
    texts = batch.rows["region"]
    outside = by_word(texts, lambda text: test(text or "")).astype(bool)
    if outside.any():
        sentence = SENTENCE.format(int(outside.sum()), texts[outside].iloc[0])
        batch.rows = batch.rows[~outside]
        batch.totals = batch.totals.iloc[:0]  # they count these too
        reading.warn(RULE, sentence, None)


def _known_elsewhere(feed: Feed, catalogue: Catalogue) -> Callable[[str], bool]:
    return lambda text: read_region(text, catalogue, feed.region_codes) is None and is_elsewhere(text, catalogue)


def _other_than_own(feed: Feed, catalogue: Catalogue) -> Callable[[str], bool]:
    own, elsewhere = feed.region or "", _known_elsewhere(feed, catalogue)

    def test(text: str) -> bool:
        code = word_region(text, feed, catalogue)
        return elsewhere(text) if code is None else code != own and not code.startswith(f"{own}.")

    return test


def is_elsewhere(text: str, catalogue: Catalogue) -> bool:
    """Tell whether a name or code is that of a province or regency outside the product.

    A code that begins with 64 never is: old codes of Kaltara are those of other regencies in the other system.
    """
    written = text.strip()
    whole = WHOLE_CODE.fullmatch(written)
    code = whole[1] if whole else written
    if re.fullmatch(r"64[0-9.]*", code):
        return False
    spelt = (code, code.replace(",", "."))  # "KEP, RIAU"
    return code not in catalogue.region and any(catalogue.outside_region(each) for each in spelt)
