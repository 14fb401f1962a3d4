"""流程：each flow one table of role, state and act; one `act()` for all."""
