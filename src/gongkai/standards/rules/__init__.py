"""Rules of this context: the sheet of a catalogue, how often a row must be renewed, what a row shows for itself."""
