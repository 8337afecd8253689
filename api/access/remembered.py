"""What is asked with every request and may be a moment old."""

import time
from typing import Generic, TypeVar

Key = TypeVar("Key")
Value = TypeVar("Value")
MOST = 10_000


class Remembered(Generic[Key, Value]):
    """Answers, each for so many seconds. Only what cannot be made up by strangers may be a key."""

    def __init__(self) -> None:
        self._held: dict[Key, tuple[Value, float]] = {}

    def get(self, key: Key) -> Value | None:
        """The answer, or None when there is none, or none that is fresh enough."""
        held = self._held.get(key)
        return held[0] if held is not None and time.monotonic() < held[1] else None

    def put(self, key: Key, value: Value, *, asked: float, seconds: float) -> None:
        """Keep an answer to what was asked at `asked` (`time.monotonic`): it was true then, not when it came."""
        if len(self._held) >= MOST:
            self._held.clear()
        self._held[key] = value, asked + seconds
