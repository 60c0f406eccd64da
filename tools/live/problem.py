"""What the caller of `make live` can put right, in one sentence."""


class Problem(Exception):
    pass
