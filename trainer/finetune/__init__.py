"""Fine-tuning on a user's pictures: from choices to a verdict."""
