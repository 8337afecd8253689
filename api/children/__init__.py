"""A child as a data subject: everything recorded about it in one file, and its erasure wherever it stands."""
