"""A feed's turn: fetch, keep, refine, hold back or commit. Nothing here decides when."""
