"""The catalogue's files to values that know their line. Knows nothing of what the values mean."""
