"""People, duties and absences: the pages of an administrator, and one's own page."""
