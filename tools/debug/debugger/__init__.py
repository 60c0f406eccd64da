"""Firstlight's debugger inside GDB: its commands in commands/, and what only they need."""
