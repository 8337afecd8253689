"""Files in bulk: received, checked, committed by a job."""
