"""政府公报 for everybody."""
