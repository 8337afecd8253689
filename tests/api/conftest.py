"""A closed round and a room with observations, for all that is about their reports."""

from tests.api.test_room_report import rooms
from tests.api.test_surveys import closed, round_id

__all__ = ["closed", "rooms", "round_id"]
