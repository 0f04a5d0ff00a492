"""What the traces mean: belief, interval, stage, reasons, and the weights behind them."""
