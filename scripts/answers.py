"""scripts/answers.py URL: exit code 0 when the PostgreSQL or Redis server there answers, else 1 and the reason."""

import sys

import psycopg
import redis


def refusal(url):
    """Why the server cannot be used, as a sentence; "" when it answers. A server gets two seconds."""
    try:
        if url.startswith("redis"):
            redis.from_url(url, socket_connect_timeout=2, socket_timeout=2).ping()
        else:
            # The test database is created from this one, which every server has.
            psycopg.connect(url, dbname="postgres", connect_timeout=2).close()
    except (psycopg.Error, redis.RedisError) as error:
        return f"{url.split('://')[0]} does not answer: {' '.join(str(error).split())}"
    return ""


if __name__ == "__main__":
    sys.exit(refusal(sys.argv[1]) or 0)
