"""Codes that people read aloud and type in: no letter that is taken for another."""

import secrets

CROCKFORD = "0123456789abcdefghjkmnpqrstvwxyz"
_MISREAD = str.maketrans({"i": "1", "l": "1", "o": "0", "-": None, " ": None})


def new_code(letters: int) -> str:
    """As many random letters, five bits each."""
    return "".join(secrets.choice(CROCKFORD) for _ in range(letters))


def as_made(written: str) -> str:
    """A code as it was made, whatever a person made of it.

    >>> as_made("0O1L-ABCD xyz")
    '0011abcdxyz'
    """
    return written.lower().translate(_MISREAD)
