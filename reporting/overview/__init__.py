"""Units, areas and the municipality: sums of their rooms, units beside each other in a funnel, no child shown."""
