"""From the feeds of the offices to sealed vintages. Knows no web framework."""
