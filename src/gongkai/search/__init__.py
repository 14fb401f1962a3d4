"""Search: what the public, or somebody at the desk, may find, and why; an index that follows the database."""
