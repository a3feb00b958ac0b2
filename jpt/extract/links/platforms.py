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
class Platform:
    """One vendor: on its hosts, addresses that match *job* are posts and all others are not."""

    name: str
    host: re.Pattern[str]
    job: re.Pattern[str]
    """Searched in path + `?` + query, case ignored."""


def _platform(name: str, host: str, job: str) -> Platform:
    return Platform(name, late(rf"(?:^|\.)(?:{host})$"), late(job, re.IGNORECASE))


PLATFORMS = (
    _platform("Greenhouse", r"greenhouse\.io", r"^/[^/?]+/jobs/\d+|/embed/job_app\?|[?&]gh_jid=\d"),
    _platform("Lever", r"lever\.co", rf"^/[^/?]+/{UUID}"),
    _platform("Ashby", r"ashbyhq\.com", rf"^/[^/?]+/{UUID}"),
    _platform(
        "Workday",
        r"myworkdayjobs\.com|myworkdayjobs-impl\.com|myworkdaysite\.com",
        r"/job/[^?]*_[^/?]+|/details/[^?]*_[^/?]+",
    ),
    _platform(
        "SmartRecruiters",
        r"smartrecruiters\.com",
        rf"^/(?:[a-z]{{2}}/)?[^/?]+/(?:\d{{6,}}|{UUID})|^/oneclick-ui/company/",
    ),
    _platform("iCIMS", r"icims\.com", r"^/jobs/\d+/[^?]*job\b"),
    _platform("Jibe", r"jibeapply\.com", r"^/(?:[^/?]+/)?jobs/[^/?]+"),
    _platform("Oracle", r"oraclecloud\.com", r"/(?:job|requisitions/preview|jobs/preview)/\w+|/jobdetail"),
    _platform(
        "SuccessFactors",
        r"successfactors\.(?:com|eu)|sapsf\.(?:com|eu|cn)",
        r"job_req_id=\d|jobpostid=|[?&]jobid=\d|/job/[^?]+\d",
    ),
    _platform("Eightfold", r"eightfold\.ai", r"^/careers/job/\d+|[?&]pid=\d"),
    _platform("Workable", r"workable\.com", r"/j/[0-9a-z]{6,}|^/(?:[^/?]+/)?jobs/\d+|^/view/"),
    _platform("Recruitee", r"recruitee\.com", r"^/(?:[a-z]{2}(?:-[a-z]{2})?/)?o/[^/?]+"),
    _platform("Personio", r"jobs\.personio\.(?:de|com)", r"^/job/\d+"),
    _platform("Teamtailor", r"teamtailor\.com", r"^/(?:[a-z]{2}(?:-[a-z]{2})?/)?jobs/\d+"),
    _platform("BambooHR", r"bamboohr\.com", r"^/(?:careers|jobs)/\d+|/jobs/view\.php\?[^#]*id=\d"),
    _platform("Breezy", r"breezy\.hr", r"^/p/[0-9a-f]+"),
    _platform("Jobvite", r"jobvite\.com", r"/job/[0-9a-z]+|[?&]j=[0-9a-z]+"),
    _platform("Rippling", r"ats\.rippling\.com", rf"/jobs/{UUID}"),
    _platform("Avature", r"avature\.net", r"/jobdetail|/projectdetail|/folderdetail"),
    _platform("Cornerstone", r"csod\.com", r"/requisition/\d+|jobdetails"),
    _platform("Taleo", r"taleo\.net", r"viewrequisition|jobdetail\.ftl|requisition\.jsp"),
    _platform("UKG", r"ultipro\.(?:com|ca)|ukg\.net", r"opportunitydetail"),
    _platform("Dayforce", r"dayforcehcm\.com", r"/jobs/\d+|/posting/view/\d+"),
    _platform("Paylocity", r"paylocity\.com", r"/jobs/details/\d+"),
    _platform("Paycom", r"paycomonline\.net", r"/jobs/\d+|viewjobdetails|[?&]job="),
    _platform(
        "JazzHR", r"applytojob\.com|theresumator\.com", r"^/apply/(?:jobs/details/)?(?!jobs(?:/|$))[0-9a-z]{5,}"
    ),
    _platform("Pinpoint", r"pinpointhq\.com", rf"/postings/{UUID}|/jobs/\d+"),
    _platform("Gem", r"jobs\.gem\.com", r"^/[^/?]+/[^/?]+"),
    _platform("Comeet", r"comeet\.com|comeet\.co", r"^/jobs/[^/?]+/[^/?]+/[^/?]+/[^/?]+"),
    _platform("softgarden", r"softgarden\.io|softgarden\.de", r"/(?:job|vacancies)/\d+"),
    _platform("JOIN", r"join\.com", r"^/(?:[a-z]{2}/)?companies/[^/?]+/\d+"),
    _platform("Freshteam", r"freshteam\.com", r"^/jobs/[^/?]+/[^/?]+"),
    _platform("Zoho Recruit", r"zohorecruit\.(?:com|eu|in)", r"^/jobs/[^/?]+/\d+|viewjob|jobdetail|portal\.na\?"),
    _platform("Trakstar", r"hire\.trakstar\.com|recruiterbox\.com", r"^/jobs/[^/?]+"),
    _platform("Homerun", r"homerun\.co", r"^/(?!privacy|cookie)[^/?]{4,}"),
    _platform("Wellfound", r"wellfound\.com|angel\.co", r"/jobs/\d+"),
    _platform("LinkedIn", r"linkedin\.com", r"^/jobs/view/|^/jobs/[^#]*[?&]currentjobid=\d"),
    _platform("Glassdoor", r"glassdoor\.(?:com|[a-z]{2}|co\.[a-z]{2})", r"/job-listing/|[?&]jl=\d"),
    _platform(
        "Indeed",
        r"indeed\.(?:com|[a-z]{2}|co\.[a-z]{2})",
        r"viewjob|[?&](?:jk|vjk)=|^/job/[^/?]+-[0-9a-f]{10,}|^/rc/clk",
    ),
    _platform("XING", r"xing\.com", r"^/jobs/(?!search|find|t-|c-)[^/?]*\d{5,}"),
    _platform("StepStone", r"stepstone\.(?:de|at|be|nl|fr|pl|com)", r"--\d{5,}|^/job/[^/?]+|offerdetail|/\d{6,}"),
    _platform(
        "Monster",
        r"monster\.(?:com|de|fr|co\.uk|it|es|nl|ca|at|ch)",
        r"^/(?:[a-z-]+/)?job-openings?/|^/stellenangebot/|[?&]jobid=",
    ),
    _platform("Factorial", r"factorialhr\.(?:com|es|fr|de|it|pt)", r"/job_posting/"),
    _platform("Polymer", r"polymer\.co", r"^/[^/?]+/\d+"),
    _platform("BrassRing", r"brassring\.com", r"jobdetails|jobid="),
    _platform("ADP", r"workforcenow\.adp\.com|myjobs\.adp\.com", r"[?&]jobid=|/job[s/-]"),
    _platform("TAL", r"tal\.net", r"/opp/\d+"),
    _platform("Talent Clue", r"talentclue\.com", r"/node/\d+/\d+"),
    _platform("itrent", r"webitrent\.com", r"[?&](?:wvid|vacancy)"),
    _platform("PeopleStrong", r"peoplestrong\.com", r"/job/detail"),
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
    """Tell whether an *address* without its scheme is a post of one of the further boards."""
    return bool(_BOARD_POSTS.search(address[:600]))


def platform_page(host: str, path_and_query: str) -> tuple[str, Page] | None:
    """Give the platform of *host* and whether the address is a post there; None on any other host."""
    for platform in PLATFORMS:
        if platform.host.search(host):
            return platform.name, "job" if platform.job.search(path_and_query) else "other"
    return None
