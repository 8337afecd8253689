"""The history of the database. Migrations import no application logic: they must mean the same in ten years."""
