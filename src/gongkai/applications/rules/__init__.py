"""The law of applications, as pure functions: the day of receipt, the reply, the count in the yearly report."""
