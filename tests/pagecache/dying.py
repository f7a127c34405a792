"""The newsroom in processes that are killed where a request says: X-Dies: 3 is after its third write, X-Dies: answer
when all is done and nobody was told.
"""

import os
import signal

from django.db import connection

from newsroom.wsgi import application as newsroom


def application(environ, start_response):
    where, written = environ.get("HTTP_X_DIES"), 0

    def count(execute, sql, parameters, many, context):
        nonlocal written
        result = execute(sql, parameters, many, context)
        written += sql.startswith(("INSERT", "UPDATE", "DELETE"))
        if where == str(written):
            os.kill(os.getpid(), signal.SIGKILL)
        return result

    with connection.execute_wrapper(count):
        answer = newsroom(environ, start_response)
    if where == "answer":
        os.kill(os.getpid(), signal.SIGKILL)
    return answer
