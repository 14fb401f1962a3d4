"""Sources of the rooms below this one."""
