"""What people owe: promises, the walidata's desk, letters, alerts, the data register. Days are passed in."""
