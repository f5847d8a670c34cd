"""What every test may ask for lives in these plugins; each comes after those it imports."""

pytest_plugins = [
    "tests.support.machine",
    "tests.support.golden",
    "tests.support.databases",
    "tests.support.fixtures",
    "tests.support.worlds",
]
