"""What leaves the house and what is made of the answer: masking, the question, the answer, the circuit. Pure."""
