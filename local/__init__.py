"""The local AWS and the packet lab: everything the project needs to run without an AWS account."""
