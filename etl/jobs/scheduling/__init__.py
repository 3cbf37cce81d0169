"""When feeds and chores run: one clock, each run a process of its own. Reads no file of a feed and no figure."""
