"""What a look at this machine finds: its ports, disk, clock, and who else uses them."""
