"""What the SQL connector is made of: a query that only reads, its result as a sheet. No fetching by itself."""
