"""The command line: one file a noun; a command parses, loads, calls one library function and prints."""
