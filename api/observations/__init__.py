"""Activities, weeks and participation."""
