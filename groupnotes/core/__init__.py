"""Ground floor: actor, clock, database, errors, unit of work; knows no feature and no HTTP."""
