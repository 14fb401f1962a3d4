"""Annual reports on government information disclosure: read, checked, shown (Regulations art. 49, 50)."""
