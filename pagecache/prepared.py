"""Questions that are put into SQL once, and rows that become objects once.

For a short list the ORM works longer on both than the database does on the answer, and pages ask the same few
questions all day.
"""

from datetime import UTC, datetime, timedelta
from functools import lru_cache, partial

from django.core.exceptions import EmptyResultSet
from django.db import connection

from pagecache.questions import SILENT

#: Rows of one question that a process keeps as objects, and forms of it that it keeps as SQL.
ROWS, FORMS = 300, 300

#: Kind of value -> one that takes its place while the SQL is written, and that no question asks for.
STAND_INS = {
    int: lambda number: 9_000_000_000_000_000 + number,
    str: lambda number: f"\ue000{number}",
    datetime: lambda number: datetime(9000, 1, 1, tzinfo=UTC) + timedelta(days=number),
}


class Prepared:
    """`ask(*fixed, **values)` gives the queryset of a question about `model`; `columns` are what it reads.

    For each `fixed` and each length of the values that are tuples the SQL is written once. Objects are shared by all
    who ask: nobody may change one, and a column that was not read is an error, not another query. Each has its
    answer of the database as `row`: two objects with the same row are the same.
    """

    def __init__(self, model, columns, ask):
        self.model, self.columns, self.ask = model, tuple(columns), ask
        self.read = lru_cache(ROWS)(self._read)
        self._form = lru_cache(FORMS)(self._form)
        self._convert = {}  # number of a column -> what makes its value of what the database said

    def __call__(self, *fixed, **values):
        """The objects that the database answers with."""
        question = self.sql(*fixed, **values)
        if question is None:
            return []
        with connection.cursor() as cursor:
            cursor.execute(*question)
            return [self.read(row) for row in cursor.fetchall()]

    def sql(self, *fixed, **values):
        """(SQL, parameters), or None where nothing can match."""
        kinds = tuple((name, _kind(value)) for name, value in values.items())
        form = self._form(fixed, kinds)
        if form is None:
            return None
        sql, places = form
        filled = [_as_parameter(value) for value in _flat(values.values())]
        return sql, [literal if number is None else filled[number] for number, literal in places]

    def _form(self, fixed, kinds):
        """(SQL, for each parameter the number of the value that it is, or None and the parameter itself)."""
        stand_ins, values = [], {}

        def stand_in(kind):
            stand_ins.append(STAND_INS[kind](len(stand_ins)))
            return stand_ins[-1]

        for name, kind in kinds:
            values[name] = tuple(map(stand_in, kind)) if isinstance(kind, tuple) else stand_in(kind)
        query = self.ask(*fixed, **values).values_list(*self.columns).query
        compiler = query.get_compiler(connection=connection)
        try:
            sql, parameters = compiler.as_sql()
        except EmptyResultSet:
            return None
        if not self._convert:  # of all forms the columns are the same
            converters = compiler.get_converters([column for column, *_about in compiler.select])
            # Many rows have the same picture, whose files are a large object each time they are read anew.
            self._convert = {
                place: lru_cache(ROWS)(partial(_converted, *how)) for place, how in converters.items()
            }
        numbers = {_as_parameter(value): number for number, value in enumerate(stand_ins)}
        return sql, [(numbers.get(parameter), parameter) for parameter in parameters]

    def _read(self, row):
        values = list(row)
        for place, convert in self._convert.items():
            values[place] = convert(values[place])
        names = [name.removeprefix(SILENT) for name in self.columns]
        return _object(self.model, list(zip(names, values, row, strict=True)))


def _converted(converters, column, value):
    for convert in converters:
        value = convert(value, column, connection)
    return value


def _object(model, columns):
    """An object of `model` of (name, value, as the database said it); names of a related one begin with its path."""
    own, related = {}, {}
    for name, value, said in columns:
        relation, path, rest = name.partition("__")
        if path:
            related.setdefault(relation, []).append((rest, value, said))
        else:
            own[name] = value
    names = [field.attname for field in model._meta.concrete_fields if field.attname in own]
    made = model.from_db(connection.alias, names, [own.pop(name) for name in names])
    for relation, its in related.items():
        there = model._meta.get_field(relation)
        if getattr(made, there.attname) is not None:
            setattr(made, relation, _object(there.related_model, its))
    # What is left are annotations.
    vars(made).update(own, row=tuple(said for _name, _value, said in columns), refresh_from_db=_refuse)
    return made


def _refuse(*args, fields=(), **kwargs):
    """What Django calls for a column that was not read."""
    raise AttributeError(f"Prepared questions read only what they name, and this one does not name {fields}.")


def _kind(value):
    return tuple(map(type, value)) if isinstance(value, tuple) else type(value)


def _flat(values):
    for value in values:
        yield from value if isinstance(value, tuple) else (value,)


def _as_parameter(value):
    return connection.ops.adapt_datetimefield_value(value) if isinstance(value, datetime) else value
