"""Who may do what: ``policy`` decides, ``relations`` says how near, ``guard`` enforces."""
