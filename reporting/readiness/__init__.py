"""The readiness report (parathedsrapport) of a municipality, an area or a unit."""
