"""Looking into a file before it is kept: type by content and structure, hostile content, metadata. Without Django."""
