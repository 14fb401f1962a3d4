"""Administration: organs, the words of notices, the settings in force."""
