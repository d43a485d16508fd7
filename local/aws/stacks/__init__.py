"""The project's stacks on the local AWS: hub, service account and management account."""
