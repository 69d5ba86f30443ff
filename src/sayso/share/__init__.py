"""What leaves sayso for others: exports in the formats of the field, packages of evidence, copies of ledgers."""
