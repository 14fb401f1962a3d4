"""The checks of an annual report: arithmetic relations, text against tables, structure, plausibility. Pure."""
