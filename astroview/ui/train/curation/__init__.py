"""What of a folder can be learnt from, to look over and to overrule."""
