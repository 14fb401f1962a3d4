"""依申请公开：the online form, and the status of an application for who holds its code."""
