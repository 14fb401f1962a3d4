"""接口客户端：programs of others that may act here, what each may do, and what they are told by webhook."""
