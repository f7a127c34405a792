"""The figures as tables, and whether the goals are met."""

from statistics import median, quantiles

from newsroom.bench.cached import CONSTANT

MOST_QUERIES = 8
MOST_RATIO = 1.3
MOST_MEGABYTES = 150
USUAL_SEARCH_MS, WORST_SEARCH_MS = 50, 150

CACHED_SHARES, GRANIAN_TIMES, CHANGE_MS = {"gunicorn": 0.9, "granian": 0.6}, 5, 1000

MOST_LIST_QUERIES = 14  # thirteen, and one for the name of a tag that is rare
LIBRARY_MS, UPLOAD_MS, RENDITIONS_MS, MOST_UPLOADING_MEGABYTES = 200, 1000, 4000, 600
LIST_MS, SEARCH_MS, AUTOSAVE_MS, OPENING_MS, KEY_MS = 200, 100, 150, 1000, 50


def table(heading, rows):
    """Lines with each Timed: median, what 95 of a hundred stayed below, own work, queries, ratio to the first page."""
    width = max(len(heading), *(len(row.name) for row in rows))
    yield f"{heading:{width}}      ms    95th    work  queries  deep/first"
    for row in rows:
        work = f"{row.own:6.1f}" if row.work else ""
        ratio = f"{row.ratio:.2f}" if row.ratio else ""
        queries = row.queries or ""
        yield f"{row.name:{width}}  {row.ms:6.1f}  {row.slow:6.1f}  {work:>6}  {queries:>7}  {ratio:>10}".rstrip()


def readers_goals(pages, megabytes):
    """(whether it is met, or None when that is unknown; the goal in words) for each goal."""
    queries = max(page.queries for page in pages)
    yield queries <= MOST_QUERIES, f"at most {MOST_QUERIES} queries a page: {queries}"
    ratios = [page.ratio for page in pages if page.first]
    worst = max(ratios, default=0)
    said = f"{worst:.2f}" if ratios else "no list is long enough"
    yield worst <= MOST_RATIO if ratios else None, f"a deep page at most {MOST_RATIO} times the first: {said}"
    searches = sorted((page for page in pages if page.name.startswith("search")), key=lambda page: page.ms)
    usual, worst = searches[len(searches) // 2], searches[-1]
    yield usual.ms < USUAL_SEARCH_MS, f"a usual search below {USUAL_SEARCH_MS} ms: {_costs(usual)}"
    yield worst.ms < WORST_SEARCH_MS, f"every search below {WORST_SEARCH_MS} ms: {_costs(worst)}"
    said = f"{megabytes:.0f} MB" if megabytes else "unknown here"
    met = megabytes < MOST_MEGABYTES if megabytes else None
    yield met, f"a worker below {MOST_MEGABYTES} MB: {said}"


def cached_table(targets):
    """Lines with each Target: requests a second, the slowest and the quickest round, work, and the share of bare."""
    yield f"{'two processes':44}      rps     from       to  of bare  work ms  of bare"
    for target in targets:
        low, high = min(target.rates), max(target.rates)
        share, less = target.rate / target.bare.rate, target.bare.cost / target.cost
        name = f"{target.name}, by {target.program}"
        yield f"{name:44}  {target.rate:7.0f}  {low:7.0f}  {high:7.0f}  {share:7.2f}  {target.cost:7.3f}  {less:7.2f}"


def cached_goals(targets):
    slowest = {}
    for program, goal in CACHED_SHARES.items():
        cached = [target for target in targets if "cached" in target.name and target.program == program]
        if not cached:
            yield None, f"a cached page under {program}: it is not installed"
            continue
        slowest[program] = min(target.rate for target in cached)
        share = min(target.rate / target.bare.rate for target in cached)
        less = min(target.bare.cost / target.cost for target in cached)
        said = f"{share:.2f} in requests, {less:.2f} in work"
        yield share >= goal, f"a cached page under {program} at least {goal} of bare bytes: {said}"
    [constant] = [target for target in targets if target.name == CONSTANT]
    above = slowest["gunicorn"] / constant.rate
    yield above > 1, f"under gunicorn above a view that does nothing: {above:.2f}"
    if "granian" in slowest:
        times = slowest["granian"] / slowest["gunicorn"]
        yield times >= GRANIAN_TIMES, f"granian at least {GRANIAN_TIMES} times gunicorn: {times:.1f}"


def changes_goals(waits, visits):
    late = quantiles(waits, n=100, method="inclusive")[-1]
    said = f"{late:.0f}, median {median(waits):.0f}, {len(waits)} changes, {visits:,} visits"
    yield late < CHANGE_MS, f"a change the only answer within {CHANGE_MS} ms, 99 of a hundred: {said}"


def desk_goals(lists, autosave):
    queries = max(page.queries for page in lists)
    yield queries <= MOST_LIST_QUERIES, f"at most {MOST_LIST_QUERIES} queries a list: {queries}"
    worst = max(lists, key=lambda page: page.ms)
    yield worst.ms < LIST_MS, f"a list below {LIST_MS} ms: {_costs(worst)}"
    worst = max((page for page in lists if "search" in page.name), key=lambda page: page.ms)
    yield worst.ms < SEARCH_MS, f"a search below {SEARCH_MS} ms: {_costs(worst)}"
    said = f"{autosave.ms:.0f}, 95 of a hundred within {autosave.slow:.0f}, own work {autosave.own:.0f}"
    yield autosave.slow < AUTOSAVE_MS, f"an autosave below {AUTOSAVE_MS} ms: {said}"


def _costs(page):
    return f"{page.ms:.0f}, own work {page.own:.0f} ({page.name})"


def writing_goals(writing):
    opening, keys = writing.warm, writing.keys
    said = f"{opening.ms:.0f}, with nothing kept by the browser {writing.cold.ms:.0f}"
    yield opening.ms < OPENING_MS, f"a form to write in within {OPENING_MS} ms: {said}"
    said = f"{keys.ms:.0f}, 95 of a hundred within {keys.slow:.0f}, the slowest {max(keys.times):.0f}"
    said += f", own work {keys.own:.0f}; {len(keys.times)} keys, {writing.saves} saves"
    yield keys.slow < KEY_MS, f"a key below {KEY_MS} ms: {said}"


def library_goals(pages):
    first, worst = pages[0], max(pages, key=lambda page: page.ms)
    yield first.ms < LIBRARY_MS, f"the library below {LIBRARY_MS} ms: {_costs(first)}"
    yield worst.ms < LIBRARY_MS, f"each of these pages below {LIBRARY_MS} ms: {_costs(worst)}"


def upload_goals(answer, made, megabytes, pictures):
    for row, most in ((answer, UPLOAD_MS), (made, RENDITIONS_MS)):
        yield row.ms < most, f"{row.name} within {most} ms on one core: {row.ms:.0f}, own work {row.own:.0f}"
    met = megabytes < MOST_UPLOADING_MEGABYTES
    yield met, f"{pictures} uploads in one go below {MOST_UPLOADING_MEGABYTES} MB: {megabytes:.0f} MB"


def exports_table(runs):
    """Lines with each Run: seconds by the clock, seconds of work, addresses made and files there are."""
    yield f"{'the site as plain files':24} seconds     work     made    files"
    for run in runs:
        yield f"{run.name:24} {run.seconds:7.1f}  {run.work:7.1f}  {run.made:7,}  {run.files:7,}"
