"""The tree of areas beside everything else."""
