"""The one table of scheduled work: which slots have been fired."""

from django.db import models


class Tick(models.Model):
    """A slot of a job that has been fired; the constraint lets any number of schedulers fire it once."""

    name = models.CharField(max_length=100)
    slot = models.DateTimeField()
    fired_at = models.DateTimeField(auto_now_add=True)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["name", "slot"], name="tick_fires_a_slot_once")]

    def __str__(self) -> str:
        return f"{self.name} {self.slot.isoformat()}"
