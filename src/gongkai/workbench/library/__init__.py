"""公文库 at the desk."""
