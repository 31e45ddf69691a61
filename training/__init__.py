"""The recipe of the reader that ships with the project: data to trained, exported weights."""
