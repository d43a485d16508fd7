"""What is said and asked before anything is made: the plan, its price, and whether it can work."""
