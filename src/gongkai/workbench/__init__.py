"""Where officers work: addresses, views and templates; one sub-room per context."""
