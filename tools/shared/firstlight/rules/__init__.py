"""The rules by which `why` finds a cause, one module a family.  findings.py sets their order."""
