"""Web, worker and scheduler killed with SIGKILL while work comes in; afterwards everything is counted.

`python -m tests.faults KILLS SEED`, with a data folder and a database of its own in the environment, does one run and
prints what was done and what does not agree. tests/house/test_faults.py starts it.
"""
