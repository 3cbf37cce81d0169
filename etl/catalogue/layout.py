"""The declared shape of a spreadsheet that is not a plain table."""

from __future__ import annotations

from etl.catalogue.reference import Model


class Layout(Model):
    """Where the table stands in its sheets, and what its rows and columns mean."""

    sheets: tuple[str, ...] = ()  # names of the sheets to read; all where empty
