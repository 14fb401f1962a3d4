"""发布渠道：by which ways each release reaches people and places, and what became of it on each."""
