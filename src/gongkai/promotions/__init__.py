"""转主动公开、案例选编：what was given to one, and what was learnt from cases, made public after somebody else looked."""
