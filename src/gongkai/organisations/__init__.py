"""组织机构 — the organs that publish, answer and report, and what they used to be called."""
