"""The gazette at the desk."""
