"""What a draft is made of: a table with all that was seen of it, the parts of a feed's block, the words left open."""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import dataclass, field

from openpyxl.utils import get_column_letter

from etl.catalogue.declared_layout import PATH
from etl.pipeline.inspection.column_roles import LikelyColumn, LikelyColumns
from etl.pipeline.inspection.table_finding import LikelyTable
from etl.pipeline.layout.sheet_lines import Lines

INDICATOR, UNIT, PERIOD, REGION, SERIES = "ISI_INDIKATOR", "ISI_SATUAN", "ISI_PERIODE", "ISI_WILAYAH", "ISI_SERI"
PLAN, HEAD, YEAR_OF = "ISI_RENCANA", "ISI_JUDUL", "ISI_TAHUN"


@dataclass(frozen=True, slots=True)
class Seen:
    """One table of a file with all that was seen of it and its sheet."""

    lines: Lines
    table: LikelyTable
    columns: LikelyColumns
    notes: tuple[str, ...]


@dataclass
class Draft:
    """The parts of a feed's block, each line with its comment where there is something to say."""

    columns: dict[str, str] = field(default_factory=dict)
    defaults: dict[str, tuple[str, str]] = field(default_factory=dict)  # value, comment
    layout: list[str] = field(default_factory=list)

    def key(self, line: str, comment: str = "") -> None:
        self.layout.append(f"      {line}" + (f"  # {comment}" if comment else ""))


def quoted(text: str) -> str:
    return json.dumps(" ".join(text.split()), ensure_ascii=False)


def shown(one: Seen, column: LikelyColumn, path: Sequence[str] | None = None) -> str:
    """Name a column as a layout does: by its heads, or by its letter where there are none."""
    if not one.table.header_rows:
        return get_column_letter(column.at)
    return PATH.join(" ".join(part.split()) for part in (column.path if path is None else path))


def keys_repeat(one: Seen) -> bool:
    """Tell whether rows with figures have the same region and period, so that a label must tell them apart."""
    keys = [each.at for each in one.columns.columns if each.role in ("region", "period")]
    rows = [row for row in one.table.rows if len(one.lines.texts(row)) > 1]
    named = [tuple(one.lines.filled(row, at) for at in keys) for row in rows]
    return len(set(named)) < len(named)
