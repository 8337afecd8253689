"""What stands behind a number, in words: how it was made, of what, by which rules, or why it is not there."""
