"""The wall's own document: one snapshot of final words and numbers, and its files. Nothing of Dash."""
