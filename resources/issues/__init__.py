"""Categories of issues, and the words offered when one is answered."""
