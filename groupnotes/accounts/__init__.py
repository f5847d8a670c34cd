"""People who sign in: roles, credentials, supervision, sign-ins."""
