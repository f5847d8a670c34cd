"""The HTTP edge of every feature: the request's life, CSRF, headers, errors, rendering."""
