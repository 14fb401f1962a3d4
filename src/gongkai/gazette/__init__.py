"""政府公报：articles as soon as documents are released, numbered issues later, the same bytes from every building."""
