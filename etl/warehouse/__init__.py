"""Append-only vintages: tables, seals, migrations. Everyone reads through read/, etl.jobs alone writes."""
