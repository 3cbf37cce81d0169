"""Sheets of text to observations and findings. Pure: frames in, frames out; no I/O, no clock, no database."""
