"""What files give away, found in the bounded process of `files`: one reader for each kind, without Django."""
