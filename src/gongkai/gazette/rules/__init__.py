"""The gazette's rules, as pure functions: what is admitted, how it is cited, when an issue is late, what is left."""
