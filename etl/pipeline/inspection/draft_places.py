"""Where the draft of a feed says that regions and periods stand: columns, heads, titles, sheets, lines of their own."""

from __future__ import annotations

from collections.abc import Sequence

from etl.catalogue.models import Catalogue
from etl.pipeline.inspection.column_roles import body, period_within, region_over, sections
from etl.pipeline.inspection.draft_parts import PERIOD, REGION, YEAR_OF, Draft, Seen, keys_repeat, quoted, shown
from etl.pipeline.layout.head_words import YEAR, head_period
from etl.pipeline.layout.table_context import ToldPeriod, told_period, told_region


def tell_region(draft: Draft, seen: Sequence[Seen], catalogue: Catalogue) -> None:
    """Tell where regions stand, in the first place of a table that has any; where none has, ask."""
    one = seen[0]
    if regions := one.columns.of("region"):
        draft.columns["region"] = shown(one, regions[0])
        for column in one.columns.of("parent"):
            draft.key(f"parent_column: {quoted(shown(one, column))}")
        if any(not one.lines.filled(row, regions[0].at) for row in one.table.rows):
            draft.key(f"# fill_down: [{quoted(shown(one, regions[0]))}]", "bila sel kosong berarti sel di atasnya")
        return
    figures = one.columns.of("figure")
    if any(each.reads == "region" or region_over(each, catalogue) for each in figures):
        return
    if all(told_region([each.lines.name or ""], catalogue) for each in seen):
        draft.key("region: sheet", "nama lembar")
    elif all(told_region(each.table.titles, catalogue) for each in seen):
        draft.key("region: title", "baris di atas tabel")
    else:
        told = told_region(one.notes, catalogue)
        said = f"dari catatan: {catalogue.region[told].name}; pastikan" if told else "kode wilayah, misalnya 64.01"
        draft.defaults["region"] = (told or REGION, said)


def tell_period(draft: Draft, seen: Sequence[Seen]) -> None:
    """Tell where periods stand, whole or in parts that only together are one; where nothing tells, ask."""
    one = seen[0]
    periods = one.columns.of("period")
    heads = [shown(one, each) for each in periods]
    texts = [text for each in periods for text in body(one.lines, one.table, each.at)]
    if len(periods) == 1:
        draft.columns["period"] = heads[0]
    if not periods and any(period_within(each, YEAR_OF) for each in one.columns.of("figure")):
        return  # each column tells its own
    dated = [each for each in one.columns.columns if each.reads == "period"]
    complete = (periods and any(YEAR.search(text) for text in texts)) or (
        dated and all(any(YEAR.search(part) for part in each.path) for each in dated)
    )
    told = [] if complete else _where_told(seen, whole=not (periods or dated))
    if told or len(periods) > 1:
        places = [*(quoted(each) for each in heads if len(periods) > 1), *told]
        read = told_period(_lines_at(one, told))
        draft.key(f"period: [{', '.join(places)}]", f"terbaca: {read.text or read.year}; pastikan" if told else "")
    elif not complete:
        draft.defaults["period"] = (PERIOD, "misalnya 2024, 2024-Q2 atau 2024-08")


def _where_told(seen: Sequence[Seen], whole: bool) -> list[str]:
    """Find the places that tell the period of every table, or its year."""

    def good(told: ToldPeriod) -> bool:
        return bool(told.text if whole else told.year)

    def finely(told: ToldPeriod) -> bool:  # a month on the sheet, its year above
        return not YEAR.fullmatch(told.text or "")

    places = (["sheet"], ["title"], ["title", "sheet"], ["notes"], ["title", "notes"])
    found = [each for each in places if all(good(told_period(_lines_at(one, each))) for one in seen)]
    finer = [each for each in found if whole and all(finely(told_period(_lines_at(one, each))) for one in seen)]
    return next(iter(finer or found), [])


def _lines_at(one: Seen, places: Sequence[str]) -> list[str]:
    lines = {"sheet": [one.lines.name or ""], "title": one.table.titles, "notes": one.notes}
    return [line for place in places for line in lines[place]]


def tell_sections(draft: Draft, one: Seen, catalogue: Catalogue) -> None:
    """Tell what lines of their own between the rows say, where they say all of one kind."""
    said = sections(one.lines, one.table)
    if not said or not keys_repeat(one):
        return
    if all(head_period([text], "2000", {}) for text in said) and "period" not in draft.columns:
        draft.key("sections: period", f"misalnya “{said[0]}”")
        draft.defaults.pop("period", None)
        draft.layout = [line for line in draft.layout if "period: [" not in line]
    elif all(told_region([text], catalogue) for text in said) and "region" not in draft.columns:
        draft.key("sections: region", f"misalnya “{said[0]}”")
        draft.defaults.pop("region", None)
    else:
        draft.key("# sections: series", f"bila “{said[0]}” dan seterusnya adalah seri; tanpa ini barisnya dikembalikan")
