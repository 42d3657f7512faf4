"""A password as PostgreSQL stores it (SCRAM-SHA-256, RFC 5802 and RFC 7677), from a secret's JSON on the standard input.

Given this, the server never gets the password itself, and its log can't keep it.
"""

import base64
import hashlib
import hmac
import json
import os
import sys

ITERATIONS = 4096

password = json.load(sys.stdin)["password"]
if not password or not all(" " <= char <= "~" for char in password):
    sys.exit("the password is empty or has characters besides printable ASCII")
salt = os.urandom(16)
salted = hashlib.pbkdf2_hmac("sha256", password.encode(), salt, ITERATIONS)
client, server = (hmac.digest(salted, name, "sha256") for name in (b"Client Key", b"Server Key"))
stored = hashlib.sha256(client).digest()
salt, stored, server = (base64.b64encode(part).decode() for part in (salt, stored, server))
print(f"SCRAM-SHA-256${ITERATIONS}:{salt}${stored}:{server}")
