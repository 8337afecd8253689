"""Documents: gathered from the database, rendered elsewhere."""
