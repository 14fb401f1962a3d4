"""Web, worker, scheduler and indexer killed with SIGKILL while work comes in; afterwards everything is counted.

Work is of two subjects: `applications`, with disputes and cases so old that their people are forgotten; and `library`,
where items are released by hand, by their minute, and in piles.

`python -m tests.faults KILLS SEED [SUBJECT …]`, with a data folder and a database of its own in the environment, does one run and
prints what was done and what does not agree. tests/house/test_faults.py starts it.
"""
