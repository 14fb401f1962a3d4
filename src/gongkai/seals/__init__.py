"""电子印章：seals a paper for an organ, remembers what was sealed, and tells anybody whether a paper is genuine."""
