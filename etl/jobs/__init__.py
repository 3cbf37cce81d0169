"""What runs: loading, scheduling, workbooks for the offices, reports. Joins connectors, pipeline and warehouse."""
