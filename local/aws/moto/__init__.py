"""moto as this process serves it: its server, what its state says, and what we know beyond it."""
