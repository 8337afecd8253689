"""Units beside each other: a funnel, never a league table."""
