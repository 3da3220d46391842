"""How planes of flags are called (EXTNAME)."""

import re

FLAGS = re.compile(
    r"DQ\w*|MASK\w*|MSK\w*|FLAG\w*|BPM\w*|BADPIX\w*|QUAL\w*|\w+[._](DQ|MASK|FLAGS?)", re.IGNORECASE
)
