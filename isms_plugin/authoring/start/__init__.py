"""Beginning an ISMS: in an empty folder, or around the policies that are there already."""
