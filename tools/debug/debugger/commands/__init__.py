"""The debugger's commands: one file an idea.  Importing a file registers its commands."""
