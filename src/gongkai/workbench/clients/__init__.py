"""接口客户端：programs of others, registered and ended by the administrator."""
