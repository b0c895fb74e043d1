"""Plans for emergencies that come with the program, one file a kind."""
