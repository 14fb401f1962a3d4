"""A sealed stream comes back as it was, and nothing done to it goes unseen."""

import io
import secrets

import pytest

from gongkai.backups.sealing import KEY_SIZE, MAGIC, PIECE, PREFIX, TAG, Broken, OpeningReader, SealingWriter

KEY = bytes(range(KEY_SIZE))


def sealed(plain: bytes, key: bytes = KEY, step: int = 700_001) -> bytes:
    out = io.BytesIO()
    writer = SealingWriter(out, key)
    for start in range(0, len(plain), step):
        writer.write(plain[start : start + step])
    writer.finish()
    return out.getvalue()


def opened(content: bytes, key: bytes = KEY) -> bytes:
    return io.BufferedReader(OpeningReader(io.BytesIO(content), key)).read()  # type: ignore[type-var]


@pytest.mark.parametrize("size", [0, 1, PIECE - 1, PIECE, PIECE + 1, 3 * PIECE, 3 * PIECE + 17])
def test_what_goes_in_comes_out(size: int) -> None:
    plain = secrets.token_bytes(size)
    assert opened(sealed(plain)) == plain


def test_the_plain_text_is_nowhere_in_it() -> None:
    assert b"\xe7\xa4\xba\xe4\xbe\x8b" * 4 not in sealed("示例".encode() * 1000)


def test_another_key_opens_nothing() -> None:
    with pytest.raises(Broken, match="密钥不对"):
        opened(sealed(b"x" * 100), bytes(KEY_SIZE))


def test_another_file_is_told() -> None:
    with pytest.raises(Broken, match="不是本系统的备份文件"):
        opened(b"PK\x03\x04 something else")


@pytest.mark.parametrize("place", [len(MAGIC), len(MAGIC) + PREFIX, -1, PIECE, 2 * PIECE + 99])
def test_one_changed_byte_is_found(place: int) -> None:
    content = bytearray(sealed(bytes(3 * PIECE)))
    content[place] ^= 1
    with pytest.raises(Broken):
        opened(bytes(content))


def pieces(content: bytes) -> tuple[bytes, list[bytes]]:
    head = len(MAGIC) + PREFIX
    size = PIECE + TAG
    return content[:head], [content[at : at + size] for at in range(head, len(content), size)]


@pytest.mark.parametrize("order", [[0, 1], [0], [1, 0, 2], [0, 2], [1, 2], [0, 1, 2, 2], [0, 1, 1, 2]])
def test_pieces_left_out_swapped_or_cut_off_are_found(order: list[int]) -> None:
    head, parts = pieces(sealed(secrets.token_bytes(2 * PIECE + 5)))
    with pytest.raises(Broken):
        opened(head + b"".join(parts[number] for number in order))
