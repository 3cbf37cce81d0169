"""What the two BPS connectors share: envelopes, keys, labels. No fetching."""
