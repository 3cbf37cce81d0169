"""The command line, a small module for each group of commands. Parses and prints; etl.jobs does the work."""
