"""Looking over what was done: the audit log for administrators, a client's access report."""
