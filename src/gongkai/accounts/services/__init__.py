"""Acts of this context, by noun: people, duties, absences, passwords, sessions, tries, kept forms."""
