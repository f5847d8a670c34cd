"""Property tests look for behaviour, not for speed: a busy machine fails none of them."""

from hypothesis import HealthCheck, settings

settings.register_profile(
    "groupnotes", deadline=None, suppress_health_check=[HealthCheck.too_slow], print_blob=True
)
settings.load_profile("groupnotes")
