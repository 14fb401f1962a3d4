"""出门前的检查：what a file gives away besides what it says, and the redaction of what must not leave the house."""
