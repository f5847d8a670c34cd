"""Each client's problem list, coded in ICD-10-CM."""
