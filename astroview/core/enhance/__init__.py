"""What comes of an enhancement: its outputs, sidecar files and results in memory."""
