"""The panel of one step: what it asks, its form and documents, and the acts that leave it."""
