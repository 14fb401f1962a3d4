"""A signing service for tests, in a process of its own: signs once for each reference, and misbehaves when told to.

`python signing_service.py KEY.pem CERTIFICATE.der AUTHORITY.der` prints its port. The name of the key in an order says
how it behaves: `busy-2` answers 503 twice first; `lost-1` signs and hangs up once; `slow-1` signs and says nothing once;
`broken-1` answers 500 once without signing; `refuse`, `nonsense`, `wrong` do so always. GET /count tells how many
signatures were made, and how many orders came.
"""

from __future__ import annotations

import base64
import json
import sys
import time
from collections import Counter
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Any

from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import padding, rsa, utils

TOKEN = "a token for tests"  # noqa: S105 - of nothing
SLOW = 6.0


class Service(BaseHTTPRequestHandler):
    """One request."""

    made: dict[str, bytes] = {}
    orders: Counter[str] = Counter()
    key: rsa.RSAPrivateKey
    certificate: bytes
    authority: bytes

    def log_message(self, format: str, *args: Any) -> None:  # noqa: A002 - the name of the library
        """Say nothing."""

    def do_GET(self) -> None:
        """What was made before."""
        if self.path == "/count":
            self._answer(200, {"made": len(self.made), "orders": sum(self.orders.values())})
            return
        found = self.made.get(self.path.rpartition("/")[2])
        self._answer(200 if found else 404, json.loads(found) if found else {})

    def do_POST(self) -> None:
        """Sign, or misbehave."""
        order = json.loads(self.rfile.read(int(self.headers["Content-Length"])))
        if self.headers["Authorization"] != f"Bearer {TOKEN}":
            self._answer(401, {})
            return
        how, _, times = str(order["key"]).partition("-")
        self.orders[order["reference"]] += 1
        misbehaves = self.orders[order["reference"]] <= int(times or 0)
        if how == "refuse":
            self._answer(403, {})
        elif how == "nonsense":
            self._answer(200, {"signature": 7})
        elif misbehaves and how in {"busy", "broken"}:
            self._answer(503 if how == "busy" else 500, {})
        else:
            self._sign(order, how, misbehaves)

    def _sign(self, order: dict[str, str], how: str, misbehaves: bool) -> None:
        digest = base64.b64decode(order["digest"])
        answer = self._cms(digest) if order["answer"] == "cms" else self._raw(b"x" * 32 if how == "wrong" else digest)
        field = "cms" if order["answer"] == "cms" else "signature"
        body = {field: base64.b64encode(answer).decode()}
        self.made[f"{order['reference']}"] = json.dumps(body).encode()
        if misbehaves and how == "lost":
            self.close_connection = True
            return
        if misbehaves and how == "slow":
            time.sleep(SLOW)
        self._answer(200, body)

    def _raw(self, digest: bytes) -> bytes:
        return self.key.sign(digest, padding.PKCS1v15(), utils.Prehashed(hashes.SHA256()))

    def _cms(self, digest: bytes) -> bytes:
        import asyncio

        from asn1crypto import keys, x509
        from pyhanko.sign.signers import SimpleSigner
        from pyhanko_certvalidator.registry import SimpleCertificateStore

        store = SimpleCertificateStore()  # type: ignore[no-untyped-call]
        store.register(x509.Certificate.load(self.authority))
        secret = self.key.private_bytes(
            serialization.Encoding.DER, serialization.PrivateFormat.PKCS8, serialization.NoEncryption()
        )
        signer = SimpleSigner(x509.Certificate.load(self.certificate), keys.PrivateKeyInfo.load(secret), store)
        return bytes(asyncio.run(signer.async_sign(digest, "sha256", use_pades=True)).dump())

    def _answer(self, status: int, body: dict[str, Any]) -> None:
        content = json.dumps(body).encode()
        self.send_response(status)
        self.send_header("Content-Length", str(len(content)))
        self.end_headers()
        self.wfile.write(content)


if __name__ == "__main__":
    loaded = serialization.load_pem_private_key(Path(sys.argv[1]).read_bytes(), None)
    assert isinstance(loaded, rsa.RSAPrivateKey)
    Service.key = loaded
    Service.certificate, Service.authority = Path(sys.argv[2]).read_bytes(), Path(sys.argv[3]).read_bytes()
    server = ThreadingHTTPServer(("127.0.0.1", 0), Service)
    print(server.server_port, flush=True)  # noqa: T201 - the test reads it
    server.serve_forever()
