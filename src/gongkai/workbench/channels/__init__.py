"""发布渠道 at the desk: how often each channel told something, and who receives."""
