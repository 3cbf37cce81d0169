"""What goes to the offices as a file: templates, commented copies, alias books. Writes no figure."""
