"""How the model is trained whose word vectors say which sentence answers, and how alike it is."""
