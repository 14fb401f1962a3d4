"""Chinese numerals, as articles are numbered."""

DIGITS = "零一二三四五六七八九"


def chinese(number: int) -> str:
    """Write 1 to 999 as a statute does.

    >>> chinese(20), chinese(33), chinese(101), chinese(110)
    ('二十', '三十三', '一百零一', '一百一十')
    """
    hundreds, rest = divmod(number, 100)
    tens, ones = divmod(rest, 10)
    head = f"{DIGITS[hundreds]}百" if hundreds else ""
    if not rest:
        return head
    if tens:
        one_ten = tens == 1 and not hundreds
        head += ("" if one_ten else DIGITS[tens]) + "十"
    elif hundreds:
        head += "零"
    return head + (DIGITS[ones] if ones else "")
