"""The debugger's commands, in groups.  Importing a file registers its commands."""
