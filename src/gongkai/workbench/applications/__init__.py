"""依申请公开 at the desk: the queue, one case, its acts, its letter."""
