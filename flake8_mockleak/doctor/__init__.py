"""Why a base class is unknown: what was found, where, what was not, and what helps."""
