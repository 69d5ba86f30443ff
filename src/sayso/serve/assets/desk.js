// What every page of the desk does beyond following links.
