"""Treatment plans: problems, goals, objectives, the services they prescribe."""
