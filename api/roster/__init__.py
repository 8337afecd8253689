"""Municipality, areas, units, rooms, children and staff."""
