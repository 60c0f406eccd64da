"""What the caller of `make live` can fix, in one sentence."""


class Problem(Exception):
    pass
