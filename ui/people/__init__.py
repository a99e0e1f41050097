"""Who sits at the PC: signing in, passwords, the list of people, and the lock."""
