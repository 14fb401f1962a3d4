"""Tests of the seals."""
