"""One more question to ask of a column: is it empty?"""

from django.db import models


@models.CharField.register_lookup
@models.TextField.register_lookup
@models.JSONField.register_lookup
class Blank(models.Lookup):
    """`caption__blank=True`: the field holds no text, or an empty list; False: it holds something.

    The empty value stands in the SQL itself and not among the parameters: SQLite can answer from an index that
    has only the rows in question when the condition of both is the same to the letter.
    """

    lookup_name = "blank"
    prepare_rhs = False

    def as_sql(self, compiler, connection):
        column, parameters = self.process_lhs(compiler, connection)
        empty = "'[]'" if isinstance(self.lhs.output_field, models.JSONField) else "''"
        return f"{column} {'=' if self.rhs else '<>'} {empty}", parameters
