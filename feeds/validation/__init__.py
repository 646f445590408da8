"""Validation of records: schema, rules, duplicates, ids, fixes."""
