"""Instruments, rounds, answers and frozen results."""
