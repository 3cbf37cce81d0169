"""/api/v1: what is asked is checked, rows are written as JSON or CSV. No HTML."""
