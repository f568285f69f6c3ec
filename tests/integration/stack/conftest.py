import warnings

with warnings.catch_warnings():
    # kafka-python reads its message schemas by a function of importlib that Python 3.11 calls deprecated.
    warnings.simplefilter("ignore", DeprecationWarning)
    import kafka  # noqa: F401 - imported here so that tests meet it loaded
