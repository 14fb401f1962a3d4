"""界面 — the design system: tokens, components, the frame of every page. It knows no other context."""
