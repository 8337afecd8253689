"""The learning cycle: goals and how far they have come, meetings and what was agreed there."""
