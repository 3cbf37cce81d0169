"""What is computed from figures: achievement, scores, conflicts, age. Pure: no I/O, no clock, no database."""
