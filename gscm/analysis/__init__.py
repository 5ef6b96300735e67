"""What a result means: agreement, firmness, sensitivity, change, audit; each with its figures and a sentence."""
