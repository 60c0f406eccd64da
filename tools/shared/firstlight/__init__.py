"""What the debugger, `make why`, `make bench` and the tests know about PCs and about Firstlight.

The modules are pure: they decode bytes and numbers and do not use GDB.
"""
