"""Requests to put records right, at the desk."""
