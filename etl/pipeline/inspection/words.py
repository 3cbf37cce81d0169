"""What the heads of an unknown column name: an indicator of the catalogue, a region."""

from __future__ import annotations

import re

from etl.catalogue.models import Catalogue, Indicator
from etl.catalogue.names import fold_name
from etl.pipeline.identify import indicator_words
from etl.pipeline.inspection.columns import Column
from etl.pipeline.layout.head_words import region_of


def region_over(column: Column, catalogue: Catalogue) -> str | None:
    """Find the one region that stands among a column's heads beside its period."""
    found = (
        {code for part in column.head if (code := region_of(part, catalogue, None, None))} if column.reads else set()
    )
    return found.pop() if len(found) == 1 else None


def indicator_named(column: Column, catalogue: Catalogue) -> Indicator | None:
    """Find the indicator that a head names exactly, in one of its lines or without its unit."""
    known = indicator_words(catalogue.indicators)
    for part in reversed(column.head or column.path):
        plain = re.sub(r"\([^()]*\)", "", part)
        for text in (part, plain, *re.split(r"\n| / ", plain), part.replace("_", " ")):
            if found := known.get(fold_name(text)):
                return catalogue.indicator[found]
    return None


def is_category(column: Column, catalogue: Catalogue) -> bool:
    """Tell whether a column's head names an indicator whose figures are words."""
    indicator = indicator_named(column, catalogue)
    return indicator is not None and indicator.direction == "category"
