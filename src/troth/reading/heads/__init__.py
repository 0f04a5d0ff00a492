"""What is learned from labels: texts to numbers, numbers to forecasts."""
