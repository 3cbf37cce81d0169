"""Bytes of a kind of file to sheets of text: XLSX, XLS, ODS, CSV, HTML, XML. No network, no meaning."""
