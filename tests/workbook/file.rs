//! What the file says of itself, and what texts of a plan do in it.
