"""What every context may use: a closed list, without Django and without tables."""
