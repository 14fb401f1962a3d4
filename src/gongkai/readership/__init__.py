"""Statistics of reading and searching: how often a page was opened and a word asked for, never by whom."""
