"""核验文书：anybody asks whether a letter is genuine."""
