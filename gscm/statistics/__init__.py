"""Statistics as the field names them: agreement, reliability, validity, weights; over arrays, knowing no model."""
