"""公文：official papers in the layout of GB/T 9704, as Word and as PDF, from one value."""
