"""通知：mail, SMS and the in-app inbox, at most once per event and person."""
