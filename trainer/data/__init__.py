"""What is learnt from: pictures, simulated skies, degradation."""
