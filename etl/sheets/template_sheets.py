"""Names of the sheets that Pantau itself writes into workbooks; they hold no figures of an office."""

from __future__ import annotations

MARK_SHEET = "_pantau"  # written by `python -m etl template`: names the feed a workbook was made for
HELP_SHEET, LISTS_SHEET = "Petunjuk", "Daftar"  # of a template
RETURN_SHEET = "Dikembalikan"  # of a returned copy: what was wrong with it
OWN_SHEETS = (HELP_SHEET, LISTS_SHEET, RETURN_SHEET)
