"""The issue ledger (民意账单)."""
