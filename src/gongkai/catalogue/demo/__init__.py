"""示范条目：what a library to try things with holds, in the interchange form; nothing here is a real document."""
