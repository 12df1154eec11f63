"""The rules of the floor: pure, without clock, input, output or randomness."""
