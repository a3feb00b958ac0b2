"""Local career sites over real HTTP, whose true answers are known.

with CareerSites([Site("Tern Analytics", "scripted", adverts(5))]) as career_sites:
    career_sites.companies_csv(tmp_path / "companies.csv")
    ...
    career_sites.add_job("Tern Analytics", advert("Cook", years=2))
    career_sites.set_mode("Tern Analytics", "blocked")
"""

from tests.career_sites.adverts import JobAd as JobAd
from tests.career_sites.adverts import PostKind as PostKind
from tests.career_sites.adverts import advert as advert
from tests.career_sites.adverts import adverts as adverts
from tests.career_sites.local_sites import CareerSites as CareerSites
from tests.career_sites.local_sites import Hit as Hit
from tests.career_sites.server import Request as Request
from tests.career_sites.site import COMPANIES as COMPANIES
from tests.career_sites.site import LAYOUTS as LAYOUTS
from tests.career_sites.site import MODES as MODES
from tests.career_sites.site import Kind as Kind
from tests.career_sites.site import Layout as Layout
from tests.career_sites.site import Mode as Mode
from tests.career_sites.site import Site as Site
