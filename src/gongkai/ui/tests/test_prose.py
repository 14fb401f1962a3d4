"""Words of content files: links are made, everything else is escaped."""

import pytest

from gongkai.ui.prose import inline, plain


@pytest.mark.parametrize(
    ("text", "html"),
    [
        ("字 < & \" '", "字 &lt; &amp; &quot; &#x27;"),
        ("见[指南](portal:guide)。", '见<a href="/disclosure/guide/">指南</a>。'),
        ("[财政局](portal:organ finance#apply)", '<a href="/organs/finance/#apply">财政局</a>'),
        ("[电话](tel:02125658888)", '<a href="tel:02125658888">电话</a>'),
        ("[还没有](portal:nowhere)", "还没有"),
        ("[坏](javascript:alert)", "坏"),
        ("[<b>](portal:guide)", '<a href="/disclosure/guide/">&lt;b&gt;</a>'),
    ],
)
def test_links_are_made_and_the_rest_is_escaped(text: str, html: str) -> None:
    assert inline(text) == html


def test_plain_text_leaves_targets_out() -> None:
    assert plain("见[指南](portal:guide)。") == "见指南。"
