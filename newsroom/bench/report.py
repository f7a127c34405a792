"""The figures as a table, and whether the goals are met."""

MOST_QUERIES = 8
MOST_RATIO = 1.3
MOST_MEGABYTES = 150


def table(pages):
    """Lines with the milliseconds (median), queries and ratio of each page."""
    width = max(len(page.name) for page in pages)
    yield f"{'page':{width}}      ms  queries  deep/first"
    for page in pages:
        ratio = f"{page.ratio:.2f}" if page.first else ""
        yield f"{page.name:{width}}  {page.ms:6.1f}  {page.queries:7}  {ratio:>10}"


def goals(pages, megabytes):
    """(whether it is met, or None when that is unknown; the goal in words) for each goal."""
    queries = max(page.queries for page in pages)
    yield queries <= MOST_QUERIES, f"at most {MOST_QUERIES} queries a page: {queries}"
    ratios = [page.ratio for page in pages if page.first]
    worst = max(ratios, default=0)
    said = f"{worst:.2f}" if ratios else "no list is long enough"
    yield worst <= MOST_RATIO if ratios else None, f"a deep page at most {MOST_RATIO} times the first: {said}"
    said = f"{megabytes:.0f} MB" if megabytes else "unknown here"
    met = megabytes < MOST_MEGABYTES if megabytes else None
    yield met, f"a worker below {MOST_MEGABYTES} MB: {said}"
