"""Building records: how a building is made, whom to call about it, and where it stands on the site plan."""
