"""Articles in: files become articles, articles become passages, both are kept in the library."""
