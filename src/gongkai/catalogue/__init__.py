"""公文库：what the organs publish, from the first draft to the archive; class, gates, validity, ways out."""
