"""What a person is told before anything is made."""

from dataclasses import dataclass

from prove.preparation.prices import Cost


@dataclass(frozen=True)
class Plan:
    accounts: list[tuple[str, list[str]]]
    """Each account, and what is made in it."""
    minutes: str
    costs: list[Cost]
    untouched: list[str]
    left: list[str]
    """What AWS keeps after the removal."""

    def lines(self) -> list[str]:
        lines = []
        for account, things in self.accounts:
            lines += [account, *(f"  {thing}" for thing in things)]
        total = sum(cost.dollars for cost in self.costs)
        lines += ["", f"It takes {self.minutes}, and costs " + (f"about ${total:.2f}:" if self.costs else "nothing.")]
        lines += [f"  ${cost.dollars:.3f}  {cost.what}" for cost in self.costs]
        lines += ["", "It does not touch:", *(f"  {each}" for each in self.untouched)]
        if self.left:
            lines += ["", "After the removal AWS still keeps:", *(f"  {each}" for each in self.left)]
        return lines
