"""What a team says of its own practice every eighth week, and of each child's development every half-year."""
