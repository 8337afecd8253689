"""Explain this number: what a value that was shown is made of."""
