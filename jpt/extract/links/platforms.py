"""Which pages of the public applicant-tracking systems are posts, known by their addresses. Pure.

Shapes are those of the vendors' hosted boards as they are publicly documented or visible.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Literal

from jpt.identity.ids import UUID
from jpt.text.late import late

Page = Literal["job", "other"]


@dataclass(frozen=True, slots=True)
class Vendor:
    """One vendor: on its hosts, addresses that match *job* are posts and all others are not."""

    name: str
    host: re.Pattern[str]
    job: re.Pattern[str]
    """Searched in path + `?` + query, case ignored."""


def _vendor(name: str, host: str, job: str) -> Vendor:
    return Vendor(name, late(rf"(?:^|\.)(?:{host})$"), late(job, re.IGNORECASE))


PLATFORMS = (
    _vendor("Greenhouse", r"greenhouse\.io", r"^/[^/?]+/jobs/\d+|/embed/job_app\?|[?&]gh_jid=\d"),
    _vendor("Lever", r"lever\.co", rf"^/[^/?]+/{UUID}"),
    _vendor("Ashby", r"ashbyhq\.com", rf"^/[^/?]+/{UUID}"),
    _vendor(
        "Workday",
        r"myworkdayjobs\.com|myworkdayjobs-impl\.com|myworkdaysite\.com",
        r"/job/[^?]*_[^/?]+|/details/[^?]*_[^/?]+",
    ),
    _vendor(
        "SmartRecruiters",
        r"smartrecruiters\.com",
        rf"^/(?:[a-z]{{2}}/)?[^/?]+/(?:\d{{6,}}|{UUID})|^/oneclick-ui/company/",
    ),
    _vendor("iCIMS", r"icims\.com", r"^/jobs/\d+/[^?]*job\b"),
    _vendor("Jibe", r"jibeapply\.com", r"^/(?:[^/?]+/)?jobs/[^/?]+"),
    _vendor("Oracle", r"oraclecloud\.com", r"/(?:job|requisitions/preview|jobs/preview)/\w+|/jobdetail"),
    _vendor(
        "SuccessFactors",
        r"successfactors\.(?:com|eu)|sapsf\.(?:com|eu|cn)",
        r"job_req_id=\d|jobpostid=|[?&]jobid=\d|/job/[^?]+\d",
    ),
    _vendor("Eightfold", r"eightfold\.ai", r"^/careers/job/\d+|[?&]pid=\d"),
    _vendor("Workable", r"workable\.com", r"/j/[0-9a-z]{6,}|^/(?:[^/?]+/)?jobs/\d+|^/view/"),
    _vendor("Recruitee", r"recruitee\.com", r"^/(?:[a-z]{2}(?:-[a-z]{2})?/)?o/[^/?]+"),
    _vendor("Personio", r"jobs\.personio\.(?:de|com)", r"^/job/\d+"),
    _vendor("Teamtailor", r"teamtailor\.com", r"^/(?:[a-z]{2}(?:-[a-z]{2})?/)?jobs/\d+"),
    _vendor("BambooHR", r"bamboohr\.com", r"^/(?:careers|jobs)/\d+|/jobs/view\.php\?[^#]*id=\d"),
    _vendor("Breezy", r"breezy\.hr", r"^/p/[0-9a-f]+"),
    _vendor("Jobvite", r"jobvite\.com", r"/job/[0-9a-z]+|[?&]j=[0-9a-z]+"),
    _vendor("Rippling", r"ats\.rippling\.com", rf"/jobs/{UUID}"),
    _vendor("Avature", r"avature\.net", r"/jobdetail|/projectdetail|/folderdetail"),
    _vendor("Cornerstone", r"csod\.com", r"/requisition/\d+|jobdetails"),
    _vendor("Taleo", r"taleo\.net", r"viewrequisition|jobdetail\.ftl|requisition\.jsp"),
    _vendor("UKG", r"ultipro\.(?:com|ca)|ukg\.net", r"opportunitydetail"),
    _vendor("Dayforce", r"dayforcehcm\.com", r"/jobs/\d+|/posting/view/\d+"),
    _vendor("Paylocity", r"paylocity\.com", r"/jobs/details/\d+"),
    _vendor("Paycom", r"paycomonline\.net", r"/jobs/\d+|viewjobdetails|[?&]job="),
    _vendor(
        "JazzHR", r"applytojob\.com|theresumator\.com", r"^/apply/(?:jobs/details/)?(?!jobs(?:/|$))[0-9a-z]{5,}"
    ),
    _vendor("Pinpoint", r"pinpointhq\.com", rf"/postings/{UUID}|/jobs/\d+"),
    _vendor("Gem", r"jobs\.gem\.com", r"^/[^/?]+/[^/?]+"),
    _vendor("Comeet", r"comeet\.com|comeet\.co", r"^/jobs/[^/?]+/[^/?]+/[^/?]+/[^/?]+"),
    _vendor("softgarden", r"softgarden\.io|softgarden\.de", r"/(?:job|vacancies)/\d+"),
    _vendor("JOIN", r"join\.com", r"^/(?:[a-z]{2}/)?companies/[^/?]+/\d+"),
    _vendor("Freshteam", r"freshteam\.com", r"^/jobs/[^/?]+/[^/?]+"),
    _vendor("Zoho Recruit", r"zohorecruit\.(?:com|eu|in)", r"^/jobs/[^/?]+/\d+|viewjob|jobdetail|portal\.na\?"),
    _vendor("Trakstar", r"hire\.trakstar\.com|recruiterbox\.com", r"^/jobs/[^/?]+"),
    _vendor("Homerun", r"homerun\.co", r"^/(?!privacy|cookie)[^/?]{4,}"),
    _vendor("Wellfound", r"wellfound\.com|angel\.co", r"/jobs/\d+"),
    _vendor("LinkedIn", r"linkedin\.com", r"^/jobs/view/|^/jobs/[^#]*[?&]currentjobid=\d"),
    _vendor("Glassdoor", r"glassdoor\.(?:com|[a-z]{2}|co\.[a-z]{2})", r"/job-listing/|[?&]jl=\d"),
    _vendor(
        "Indeed",
        r"indeed\.(?:com|[a-z]{2}|co\.[a-z]{2})",
        r"viewjob|[?&](?:jk|vjk)=|^/job/[^/?]+-[0-9a-f]{10,}|^/rc/clk",
    ),
    _vendor("XING", r"xing\.com", r"^/jobs/(?!search|find|t-|c-)[^/?]*\d{5,}"),
    _vendor("StepStone", r"stepstone\.(?:de|at|be|nl|fr|pl|com)", r"--\d{5,}|^/job/[^/?]+|offerdetail|/\d{6,}"),
    _vendor(
        "Monster",
        r"monster\.(?:com|de|fr|co\.uk|it|es|nl|ca|at|ch)",
        r"^/(?:[a-z-]+/)?job-openings?/|^/stellenangebot/|[?&]jobid=",
    ),
    _vendor("Factorial", r"factorialhr\.(?:com|es|fr|de|it|pt)", r"/job_posting/"),
    _vendor("Polymer", r"polymer\.co", r"^/[^/?]+/\d+"),
    _vendor("BrassRing", r"brassring\.com", r"jobdetails|jobid="),
    _vendor("ADP", r"workforcenow\.adp\.com|myjobs\.adp\.com", r"[?&]jobid=|/job[s/-]"),
    _vendor("TAL", r"tal\.net", r"/opp/\d+"),
    _vendor("Talent Clue", r"talentclue\.com", r"/node/\d+/\d+"),
    _vendor("itrent", r"webitrent\.com", r"[?&](?:wvid|vacancy)"),
    _vendor("PeopleStrong", r"peoplestrong\.com", r"/job/detail"),
)

SHORT_LINKS = frozenset({"grnh.se", "smrtr.io"})
"""Short hosts that applicant-tracking systems use for posts, sometimes for boards."""


_BOARD_POSTS = late(
    r"""\.gupy\.io/(?:[\w-]+/)?jobs?/\d+ | ^herp\.careers/v1/[\w-]+/\w{6,} | ^hrmos\.co/pages/[\w-]+/jobs/\w+
    | \.varbi\.com/.*what:job/.*jobid:\d | \.webcruiter\.(?:no|com)/.*/recruit/public/\d
    | webcruiter\.no/wcmain/advertview
    | \.erecruiter\.pl/offer\.aspx\?.*oid= | \.traffit\.com/public/an/
    | \.hrmdirect\.com/employment/job-opening\.php\?req=
    | \.jobylon\.com/jobs/\d+ | \.emply\.(?:com|net)/ad/
    | candidate\.hr-manager\.net/applicationinit\.aspx\?.*projectid=
    | \.hr4you\.org/(?:job/view|generator)/?\d* | \.reachmee\.com/.*job_id=
    | ^www\.jobbnorge\.no/.*/\d+
    | \.finn\.no/job/.*finnkode=\d | (?:kuntarekry|rekry)\.fi/.*\d{4,} | ^www\.wantedly\.com/projects/\d+
    | \.onlyfy\.jobs/(?:\w\w/)?job/ | \.prescreen\.io/job/ | \.d-vinci\.de/.*/jobs/\d | \.concludis\.de/.*\d{3,}
    | \.b-ite\.(?:com|de)/jobposting/ | jobs\.b-ite\.com/jobposting/ | \.welcometothejungle\.com/.*/jobs/[^/?]+
    | \.flatchr\.io/.*vacancy/ | ^www\.infojobs\.net/.*/of-i | \.epreselec\.com/.*(?:id|oferta)=
    | \.inrecruiting\.com/.*/\d{4,}
    | \.allibo\.com/.*\d{4,} | \.in-recruiting\.com/.*jobs/\d | \.pageuppeople\.com/.*/job/\d+
    | \.jobscore\.com/careers/[^/]+/jobs/[^/?]+
    | \.applicantpro\.com/jobs/\d+ | \.applicantstack\.com/x/(?:detail|openings)/\w+
    | \.clearcompany\.com/careers/jobs/[\w-]+
    | /members/modules/job/detail\.php\?record=\d | \.isolvedhire\.com/jobs/\d+ | \.catsone\.com/careers/.*jobs/\d+
    | \.loxo\.co/job/ | \.dover\.com/apply/ | \.paylocity\.com/.*/details/\d | \.workstream\.us/.*/positions/
    | \.hireology\.com/.*/\d+/""",
    re.IGNORECASE | re.VERBOSE,
)
"""Posts of further boards, searched in host + path + `?` + query; their other pages are judged like any."""


def is_board_post(address: str) -> bool:
    """Return whether an *address* without its scheme is a post of one of the further boards."""
    return bool(_BOARD_POSTS.search(address[:600]))


def platform_page(host: str, path_and_query: str) -> tuple[str, Page] | None:
    """Return the platform of *host* and whether the address is a post there; None on any other host."""
    for platform in PLATFORMS:
        if platform.host.search(host):
            return platform.name, "job" if platform.job.search(path_and_query) else "other"
    return None
