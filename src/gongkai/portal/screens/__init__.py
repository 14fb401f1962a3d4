"""信息屏：the newest releases for a public display, without anybody at the keys."""
