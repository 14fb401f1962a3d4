"""Pages of applications for the public, by what is done on them."""
