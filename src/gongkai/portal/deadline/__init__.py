"""期限怎么算：due dates counted out for anybody."""
