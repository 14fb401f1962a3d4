"""What may be found, how it is told and judged, and what a box hides: pure functions on values."""
