"""What an originator alone keeps of a conversation, apart from every record (45 CFR 164.501)."""
