"""Work that happens by the clock: which slots are due, fired once whoever asks, and lost tasks taken up again."""
