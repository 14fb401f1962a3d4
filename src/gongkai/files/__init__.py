"""文件：uploads checked and kept by content, private until released."""
