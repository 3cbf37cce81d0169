"""What figures mean: models, their loading and checks. Reads its own files; knows no database and no feed's bytes."""
