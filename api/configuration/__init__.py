"""What a municipality decides for itself, in versions that hold from a day on: calendar, words, thresholds."""
