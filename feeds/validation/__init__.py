"""Find what is wrong with documents, and say it in the words of whoever wrote them."""
