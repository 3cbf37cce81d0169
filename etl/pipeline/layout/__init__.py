"""The reader of a sheet: where the table stands, what its heads and rows say. Knows no figures that stand."""
