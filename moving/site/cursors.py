"""Where the pages of a list begin, so that a new story on top does not make every page of the list another one.

On the site a list is cut after every twenty stories from the top. In a folder its pages keep the cuts they have: only
the page below the first is made anew, and may repeat some stories of the page after it.
"""

from bisect import bisect_left

from images.cursors import read_cursor


class Cursors:
    """The cuts that the lists of the last export have. `addresses`: of its pages."""

    def __init__(self, addresses):
        self.known = {}
        for address in addresses:
            path, _, cursor = address.partition("?before=")
            if place := read_cursor(cursor):
                self.known.setdefault(path, []).append((place, cursor))
        for cuts in self.known.values():
            cuts.sort()

    def steady(self, path, here, cursor):
        """The cut at which the page after `here` begins in the list at `path`; "" for the top of the list.

        `cursor` is what the site says. Pages of other lists, such as a story with its News Feed, lead to the top.
        """
        own, _, above = here.partition("?before=")
        place = read_cursor(cursor)
        if own != path or place is None:
            return ""
        cuts = self.known.get(path, [])
        found = bisect_left(cuts, (place, ""))
        above = read_cursor(above)
        if found < len(cuts) and (above is None or cuts[found][0] < above):
            return cuts[found][1]
        return cursor
