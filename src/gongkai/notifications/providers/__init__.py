"""Ways out of the house: SMTP, an SMS provider, and a folder for the demo."""
