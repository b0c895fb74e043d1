"""The service team of a grid: one grid worker, two officials and N others."""
