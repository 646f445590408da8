"""Talk to people and shells: the only room that prints and exits."""
