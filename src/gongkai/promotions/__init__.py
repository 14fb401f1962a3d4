"""转主动公开：what was given to one applicant is proposed for everybody, reviewed by somebody else, and listed."""
