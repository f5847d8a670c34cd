"""Reading outside one's relations: begun with a reason, limited in time, told and reviewed."""
