"""Many frames of one field into one: registered, screened, combined on a finer grid."""
