"""When feeds run and in which process: the clock, its jobs, the queue and the ledger. What a run does is not here."""
