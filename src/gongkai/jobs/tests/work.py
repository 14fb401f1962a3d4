"""A task for the tests of the scheduler."""

from django_tasks import task

done: list[str] = []


@task()
def note() -> None:
    """Leave a note that it ran."""
    done.append("note")
