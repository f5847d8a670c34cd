"""How long a client's record is kept, and how it is destroyed: law first, then two people."""
