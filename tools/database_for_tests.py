"""Make and drop what a test run owns on a PostgreSQL or a Redis; runs in `.venv`, where the drivers are.

``database_for_tests.py ask|create|drop URL NAME`` and ``redis-ask|redis-clear URL PREFIX``; the reason of a
failure is the last line on stderr.
"""

import sys
from urllib.parse import urlsplit, urlunsplit

import psycopg
import redis
from psycopg import sql


def postgres(action: str, server: str, name: str) -> None:
    """Ask for the version, or create or drop the database ``name``; print the new one's URL."""
    parts = urlsplit(server)._replace(scheme="postgresql")
    with psycopg.connect(urlunsplit(parts), autocommit=True, connect_timeout=5) as connection:
        database = sql.Identifier(name or "-")
        if action == "create":
            connection.execute(
                sql.SQL("CREATE DATABASE {} TEMPLATE template0 ENCODING 'UTF8'").format(database)
            )
            # What a test wrote need not outlive the machine; what is promised of that has tests of its own.
            connection.execute(sql.SQL("ALTER DATABASE {} SET synchronous_commit = off").format(database))
            print(urlunsplit(parts._replace(scheme="postgresql+psycopg", path=f"/{name}")))
        elif action == "drop":
            connection.execute(sql.SQL("DROP DATABASE IF EXISTS {} WITH (FORCE)").format(database))


def clear_redis(action: str, url: str, prefix: str) -> None:
    """Ask whether Redis answers, or remove every key with ``prefix`` in its name."""
    client = redis.Redis.from_url(url, socket_timeout=5)
    client.ping()
    if action == "redis-clear":
        for key in client.scan_iter(match=f"*{prefix}*", count=500):
            client.delete(key)


if __name__ == "__main__":
    verb, where, what = sys.argv[1:]
    try:
        (clear_redis if verb.startswith("redis") else postgres)(verb, where, what)
    except (psycopg.Error, redis.RedisError, ValueError) as error:
        sys.exit(" ".join(str(error).split()))
