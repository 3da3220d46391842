"""Images, tables and positions shared with other programs by SAMP."""
