"""Does a text name an occupation, in one of many languages? Pure."""

from __future__ import annotations

import re
from functools import lru_cache

from jpt.extract.links.vocabulary import listed
from jpt.text.late import late

_ROLES = listed("occupations")
"""Occupations, English first, then language by language. Sources: ISCO-08, headings of adverts."""

_ROLE_SUFFIXES = listed("occupation_endings")

_CJK_ROLES = listed("cjk_occupations")

_PHRASES = late(
    # Vietnamese, whose words are written in syllables
    r"(?<!\w)(?:nhân viên|chuyên viên|kỹ sư|kĩ sư|trưởng (?:phòng|nhóm|ca|bộ phận)"
    r"|phó phòng|giám đốc"
    r"|giám sát|quản lý|kế toán|lập trình viên|thực tập sinh|trợ lý|thư ký|lái xe|tài xế|công nhân|đầu bếp"
    r"|phục vụ bàn|thu ngân"
    r"|kiểm toán viên|giáo viên|giảng viên|điều dưỡng|dược sĩ|bác sĩ|cộng tác viên|thẩm định viên"
    r"|thợ (?:hàn|điện|may|máy|sơn)|juru masak|juru rawat|kepala (?:bagian|toko|dapur|gudang))(?!\w)"
    # Thai, Hindi, Arabic and Persian, Hebrew
    r"|พนักงาน|เจ้าหน้าที่|วิศวกร|ผู้จัดการ|นักบัญชี|โปรแกรมเมอร์|ผู้ช่วย|หัวหน้า|พยาบาล|คนขับรถ|ช่างเทคนิค|ช่างไฟ"
    r"|इंजीनियर|प्रबंधक|अधिकारी|सहायक|शिक्षक|लिपिक|चालक|तकनीशियन|क्लर्क|ऑफिसर|मैनेजर"
    r"|(?<!\w)(?:ال)?(?:مهندس|مدير|محاسب|مطور|مبرمج|موظف|[أا]خصائي|فني|مساعد|مندوب|معلم|ممرض|طبيب|سائق"
    r"|مشرف|محلل|مصمم|سكرتير|مهندسة|مديرة|محاسبة|کارشناس|مهندس|حسابدار|برنامه‌نویس)(?!\w)"
    r"|(?<!\w)(?:מהנדס|מנהל|מפתח|נציג|טכנאי|מזכיר|רכז|נהג|חשב|אנליסט|מתמחה|רופא|מורה|אחות)(?:ת|ה|/ת|/ה|\.ת)?(?!\w)"
)
"""Occupations of languages whose words are not parted as those above. Sources: ISCO-08, headings of adverts."""
_WORD = late(r"[^\W\d_]+(?:[-/'’][^\W\d_]+)*")
_ENDINGS = tuple(stem + ending for stem in _ROLE_SUFFIXES for ending in ("", "s", "n", "en", "innen"))
_CJK = late("|".join(_CJK_ROLES))
_GENDER = late(
    r"\(\s*(?:[mwfdxihnagv]|div|gn|all\s+genders?|alle|m/w|h/f)(?:\s*[/|,*.\-]\s*(?:[mwfdxihnv]|div|gn"
    r"|divers|m/w))*\s*\)"
    r"|\b(?:[mwfd]\s*[/|]\s*[mwfdx]\s*[/|]\s*[mwfdxi]|[hf]\s*/\s*[fh]|[mw]\s*/\s*[wm]|m\s*/\s*f|f\s*/\s*m)\b"
    r"|\(?\ball genders\b|[:*_/|]\s?-?in(?:nen)?\b|\bH/F\b",
    re.IGNORECASE,
)
"""Gender markers of German, French, Dutch, Swiss and Austrian titles: (m/w/d), H/F, Entwickler:in."""
_INCLUSIVE = late(
    r"[^\W\d_]{3}(?:\((?:e|ne|se|le|re|ère|euse|rice|trice|ice|ière|a|as|ora|oras)\)s?"
    r"|·(?:e|ne|se|le|re|ère|euse|rice|trice|ice|ière)(?:·?s)?)(?!\w)"
)
"""One who works, in both genders, as French, Spanish and Portuguese write it: chargé(e), intervenant·e·s."""
_GENDER_SLUG = late(r"(?:^|[-_])(?:[mwfd]-[mwfdx](?:-[mwfdxi])?|mwd|wmd|mfd|fmd|h-f|f-h|all-genders)(?:[-_.]|$)")


@lru_cache(maxsize=4_096)
def has_role(text: str) -> bool:
    """Return whether *text* names an occupation in one of the languages."""
    low = text.lower()
    if _CJK.search(low) or _PHRASES.search(low) or _INCLUSIVE.search(low):
        return True
    return any(_is_role(word) for word in _WORD.findall(low))


@lru_cache(maxsize=4_096)
def has_gender_marker(text: str) -> bool:
    """Return whether *text* carries the gender marker of a job title."""
    return bool(_GENDER.search(text))


def names_job(text: str) -> bool:
    """Return whether *text* names an occupation or carries a gender marker."""
    return has_role(text) or has_gender_marker(text)


def slug_reads_like_title(slug: str) -> bool:
    """Return whether a path segment (unquoted, lower case) names an occupation or carries a gender marker."""
    if slug.isalpha() and slug.endswith("s") and slug[:-1] in _ROLES:
        return False  # `designers`, `students`: those it speaks to
    return bool(_GENDER_SLUG.search(slug)) or has_role(slug.replace("-", " ").replace("_", " ").replace("+", " "))


_NO_ROLES = listed("no_occupations")
"""Words with such an ending that name nobody."""
_NO_ROLE_SUFFIXES = tuple(listed("no_occupation_endings"))
"""Places and verbs, not posts."""


def _is_role(word: str) -> bool:
    if word in _NO_ROLES or word.endswith(_NO_ROLE_SUFFIXES):
        return False
    if word in _ROLES or (word.endswith("s") and word[:-1] in _ROLES):
        return True
    if "-" in word or "/" in word:
        return any(_is_role(part) for part in re.split(r"[-/]", word) if len(part) > 2)
    return len(word) > 6 and word.endswith(_ENDINGS)
