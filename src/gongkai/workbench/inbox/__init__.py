"""Where officers read what they were told, choose how, and see what went out."""
