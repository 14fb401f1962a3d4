"""标准目录 at the desk."""
