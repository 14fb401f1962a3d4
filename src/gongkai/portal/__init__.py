"""门户 — the public pages: one sub-room per context, and the places where contexts meet."""
