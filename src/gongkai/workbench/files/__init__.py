"""Where officers look at and take files."""
