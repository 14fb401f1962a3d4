"""Reports in the making: figures opened to their cases, entered, checked."""
