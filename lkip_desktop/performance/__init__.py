"""What was achieved and what it cost: achievement, predicates, absorption, efficiency, and sentences from them."""
