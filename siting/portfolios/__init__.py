"""Which plants to build, how big and when: chosen together, and verified by its own arithmetic."""
