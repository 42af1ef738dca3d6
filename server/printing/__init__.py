"""Templates to paper, with every symbol read back before it leaves."""
