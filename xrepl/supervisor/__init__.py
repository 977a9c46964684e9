"""Restart of dead evaluators: policy, children, the thread.  Knows nothing of clients."""
