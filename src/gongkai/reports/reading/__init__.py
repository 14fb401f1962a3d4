"""From a published file to figures in the national form. Pure: no Django, no tables, no clock."""
