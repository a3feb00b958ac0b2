"""A street of career sites that do not exist, for `jpt demo`: served on loopback, changed while it is read."""

from jpt.demo.demo_sites import COMPANIES as COMPANIES
from jpt.demo.demo_sites import DemoSites as DemoSites
