"""What a profile keeps from its readers, taken out of the model before anything is made of it."""
