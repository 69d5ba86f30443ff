"""Who may: everything that stands between a stranger and the desk."""
