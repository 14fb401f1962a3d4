"""行政复议与行政诉讼：what was brought against a reply, how long there is to answer, how it ended, what was learnt."""
