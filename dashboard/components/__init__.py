"""Values in, Dash components out. No reads, no request."""
