"""The tree of district, street, community and grid."""
