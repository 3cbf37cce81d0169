"""One file for each page: its address, its place in the navigation, its reads. Knows no other page."""
