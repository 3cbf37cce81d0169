"""What an unknown file looks like, and a draft of the feed that reads it. Loads nothing."""
