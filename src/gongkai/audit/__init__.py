"""留痕：the append-only, hash-chained record of every act and every read of personal data."""
