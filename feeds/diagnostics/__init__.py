"""Problems, the rules they belong to, and reports of them in several styles."""
