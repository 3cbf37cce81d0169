"""One file for each scene: what it shows of one region at one vintage. Knows no other scene."""
