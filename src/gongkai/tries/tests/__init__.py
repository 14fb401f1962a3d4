"""Tests of the counter of tries."""
