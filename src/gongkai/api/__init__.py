"""程序接口：where programs come in. Addresses, what they take and what they answer; every act is a context's own."""
