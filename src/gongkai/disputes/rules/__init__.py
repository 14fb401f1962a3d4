"""The arithmetic of this context: terms of answering, table four, the quarterly bulletin. Pure."""
