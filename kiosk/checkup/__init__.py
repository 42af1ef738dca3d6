"""What the doctor looks at on a station box."""
