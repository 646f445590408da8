"""Problems, their rules, and reports of them in several styles."""
