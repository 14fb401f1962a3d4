"""起草建议：a language model behind a port, off by default. It proposes in masked words; an officer decides."""
