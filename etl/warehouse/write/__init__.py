"""Loads, catalogues and decisions become sealed vintages, each in one transaction. For etl.jobs alone."""
