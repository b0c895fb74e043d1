"""The issue ledger on screen."""
