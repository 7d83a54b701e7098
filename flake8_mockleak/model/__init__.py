"""Facts about a file: what is replaced, by what and for how long. No rule and no message here."""
