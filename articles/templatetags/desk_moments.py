"""How the desk's pages print a moment that matters: in the newsroom's time zone, with the zone's name."""

from django import template

from articles import moments

register = template.Library()
register.filter("clock", moments.clock)
register.filter("hour", moments.hour)
