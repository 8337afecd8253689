"""Tablets in rooms: enrolled with a one-time code, bound to one room, revocable."""
