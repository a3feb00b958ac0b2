"""A local street of career sites over real HTTP, whose true answers are known.

with Street([Site("Tern Analytics", "scripted", adverts(5))]) as street:
    street.companies_csv(tmp_path / "companies.csv")
    ...
    street.add_job("Tern Analytics", advert("Cook", years=2))
    street.set_mode("Tern Analytics", "blocked")
"""

from tests.street.adverts import JobAd as JobAd
from tests.street.adverts import PostKind as PostKind
from tests.street.adverts import advert as advert
from tests.street.adverts import adverts as adverts
from tests.street.server import Request as Request
from tests.street.site import COMPANIES as COMPANIES
from tests.street.site import LAYOUTS as LAYOUTS
from tests.street.site import MODES as MODES
from tests.street.site import Kind as Kind
from tests.street.site import Layout as Layout
from tests.street.site import Mode as Mode
from tests.street.site import Site as Site
from tests.street.street import Hit as Hit
from tests.street.street import Street as Street
