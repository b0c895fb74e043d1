"""The service teams: who serves where, who is away and who stands in, what is lacking."""
