"""The work calendar at the desk: a year's days, notices handed in, what they move."""
