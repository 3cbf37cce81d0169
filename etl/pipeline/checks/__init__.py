"""What a read figure may be: alone, with its parts, its neighbours, what stands. A check returns rows, never mends."""
