"""Old cases at the desk: what falls due, what is kept and why, and the lists that two persons decide on."""
