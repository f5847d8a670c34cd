"""The practice itself: who it is, its time zone, the interventions it uses."""
