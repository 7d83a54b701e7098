"""The suite's own test: correct stores of each layer, and small changes of them, each of which is a fault."""
