"""What must hold in a catalogue. Each check tells all faults with line, path and remedy; it changes nothing."""
