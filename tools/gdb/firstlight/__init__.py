"""What the debugger knows about PCs and about Firstlight.

The modules here are pure: they decode bytes and numbers and know nothing of
GDB, so that tests import them.  Those in commands/ talk to GDB.
"""
