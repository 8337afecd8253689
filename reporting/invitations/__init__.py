"""Invitations to a questionnaire: the sheet that is cut into strips, and the letter that is sent by e-mail."""
