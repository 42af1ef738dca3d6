"""The rules of the plant: pure values and functions, standard library only."""
