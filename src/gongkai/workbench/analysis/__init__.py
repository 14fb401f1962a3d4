"""A year's applications analysed at the desk: tables, charts, files, and the cases behind every figure."""
