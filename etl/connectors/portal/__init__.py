"""JSON answers to sheets of text: pages, rows, exact numbers. No network."""
