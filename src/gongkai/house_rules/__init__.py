"""本机关的规定：what this house has decided where the law leaves a number open or nobody has confirmed it."""
