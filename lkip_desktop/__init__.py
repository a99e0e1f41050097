"""What the office does with its performance report: rules and documents, without Qt and without SQL."""

__version__ = "0.1.0"
