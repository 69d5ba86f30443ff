"""sayso: on whose say-so? Conflicting news reports in, one attributed, checkable picture out."""
