"""What moved in a list."""

from difflib import SequenceMatcher


def out_of_order(old, new):
    """The fewest entries whose moving explains the new order of what both lists have."""
    old, new = [one for one in old if one in new], [one for one in new if one in old]
    moved = set(new)
    for block in SequenceMatcher(None, old, new, autojunk=False).get_matching_blocks():
        moved -= set(new[block.b : block.b + block.size])
    return moved
