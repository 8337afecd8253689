"""Attacks on what a closed round publishes."""
