"""阅读与搜索统计 at the desk."""
