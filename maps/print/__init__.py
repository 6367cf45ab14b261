"""Static pictures: for paper, the brief and the backtest."""
