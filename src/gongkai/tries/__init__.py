"""尝试计数：tries that failed in a row, by whom and at what, so that guessing is made slow."""
