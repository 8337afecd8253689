"""A fictional municipality, filled through the API as any other would be.

    municipality.py   who is there: areas, units, rooms, children, staff as the roster's CSV files
    instrument.json   the demo questionnaire, in our own words
    answers.py        what the staff answered
    observations.py   what the rooms recorded, week by week
    assessments.py    how the rooms evaluated their practice and assessed the children
    doors.py          ways into the apps: an open round, a tablet
    fill.py           sends it all, and can be run again

Everything is a pure function of a seed. No place, person or number is real.
"""

from vls_client.sandbox.fill import Filled, fill

__all__ = ["Filled", "fill"]
