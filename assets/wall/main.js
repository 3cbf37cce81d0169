// Wires the wall together.
