"""The site plan: a picture of a grid or its community on which the buildings stand."""
