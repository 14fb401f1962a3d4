"""The port behind which keys lie, what stands behind it, and how a PDF is signed with it."""
