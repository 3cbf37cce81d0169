"""Answers from the web: bounded, patient, without a secret told. The only place with a network client."""
