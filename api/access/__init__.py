"""Principals, tokens, and who may see which place."""
