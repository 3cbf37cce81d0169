"""One file for each transport: it fetches bytes and reads them into sheets of text. Knows no meaning, no sister."""
