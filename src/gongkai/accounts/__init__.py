"""用户与职责：who signs in, and who may do what for which organ."""
