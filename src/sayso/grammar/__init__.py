"""How a text is built: its parse, its phrases, its quotations. What finds the parse is `sayso.extract.parsers`."""
