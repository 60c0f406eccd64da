"""What the user of a lab's command can fix, in one sentence."""


class Problem(Exception):
    pass
