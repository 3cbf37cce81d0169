"""Sheets of text as they travel from connectors to the pipeline, and columns of few distinct words. No meaning."""
