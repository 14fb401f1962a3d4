"""个人信息：encryption at rest, masking, keys."""
