"""A made-up regency for training, marked SIMULASI. Never beside real figures."""
