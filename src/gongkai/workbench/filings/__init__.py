"""Annual reports at the desk: upload, review beside the source, correct, publish."""
