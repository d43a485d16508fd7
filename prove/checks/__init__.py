"""One function for each assumption of docs/design.md. Modules are tried in the order of their names."""
