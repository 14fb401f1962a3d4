"""遮盖：burns boxes into a PDF so that what they hide is nowhere in it any more, and proves it. Without Django."""
