"""What the office does with its yearly performance report: the rules and the documents, without Qt and without SQL."""

__version__ = "0.1.0"
