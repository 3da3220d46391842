"""What is learnt: batches, losses and scores of each task."""
