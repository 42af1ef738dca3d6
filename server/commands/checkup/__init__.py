"""What the doctor looks at where a server runs."""
