"""Questions across features: what is today's work, what is overdue."""
