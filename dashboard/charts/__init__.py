"""A chart's marks, labels and words, as plain data. Pure: values in, figures out; no Dash, no I/O."""
