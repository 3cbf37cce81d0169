"""A connection and a vintage in, typed records out. No clock, nothing is written."""
