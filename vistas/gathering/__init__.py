"""Taking every look of a routine at once within one deadline, and keeping what comes as a vista."""
