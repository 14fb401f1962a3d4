"""The desk: what a person has to do today."""
