"""Reading data sets and measuring rankings; `bot.evaluation` measures answers with it."""
