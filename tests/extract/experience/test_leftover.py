"""What no rule has explained keeps an answer from being sure, in languages that no rule reads, too."""

from __future__ import annotations

import json
import time

import pytest

from jpt.extract.experience import experience
from jpt.extract.experience.language import UNKNOWN, language, languages, unsupported_language
from jpt.extract.experience.leftover import leftovers
from jpt.extract.experience.statements import statements
from jpt.extract.experience.wording import wording
from tests.conftest import Jpt
from tests.table import each_row

WORK = "You will plan the routes of our boats, keep the lists of what they carry and help the crew. " * 6

POSTS = {
    "Finnish": (
        "Etsimme kokenutta kirjanpitäjää tiimiimme. Edellytämme, että sinulla on vähintään kolmen vuoden kokemus "
        "vastaavista tehtävistä ja että osaat käyttää ohjelmiamme. Tarjoamme sinulle mukavan työyhteisön, joustavat "
        "työajat ja hyvän palkan. Hakemukset voit lähettää meille sähköpostitse tai kun soitat."
    ),
    "Czech": (
        "Hledáme zkušeného účetního do našeho týmu v Praze. Požadujeme alespoň tři roky praxe v oboru a znalost "
        "programů. Nabízíme práci na plný úvazek, pět týdnů dovolené a příjemné prostředí. Životopis nám pošlete na "
        "náš e-mail nebo přes formulář, který je na této stránce."
    ),
    "Turkish": (
        "Ekibimize katılacak deneyimli bir muhasebeci arıyoruz. En az üç yıl deneyim sahibi olmanız ve programları "
        "kullanmayı bilmeniz gerekiyor. Size esnek çalışma saatleri ve iyi bir maaş sunuyoruz. Başvurularınızı bize "
        "e-posta ile ya da bu sayfadan gönderebilirsiniz."
    ),
    "Russian": (
        "Мы ищем опытного бухгалтера в нашу команду. Требуется опыт работы не менее трёх лет, знание программ и "
        "умение работать самостоятельно. Мы предлагаем полную занятость и хорошую зарплату. Резюме присылайте на "
        "нашу почту или через форму на этой странице."
    ),
    "Japanese": (
        "私たちは会計の経験がある方を探しています。同じような仕事を3年以上した経験が必要です。柔軟な働き方と良い給料を用意して"
        "います。応募はこのページからお願いします。"
    ),
    "Hebrew": (
        "אנו מחפשים רואה חשבון מנוסה לצוות שלנו בתל אביב. נדרש ניסיון של שלוש שנים לפחות בתפקיד דומה וידע בתוכנות. "
        "אנו מציעים שעות עבודה גמישות ושכר טוב. את קורות החיים ניתן לשלוח אלינו בדואר או דרך הטופס שבאתר."
    ),
}

READ = {
    "en": "We are looking for a baker who will work with us in the morning and who has a hand for bread and for people.",
    "de": "Wir suchen eine Bäckerin, die mit uns am Morgen arbeitet und ein Händchen für Brot und für Menschen hat.",
    "es": "Buscamos una panadera que trabaje con nosotros por la mañana y que tenga mano para el pan y para la gente.",
    "fr": "Nous cherchons une boulangère qui travaille avec nous le matin et qui sait parler avec les gens du quartier.",
    "nl": "Wij zoeken een bakker die met ons in de ochtend werkt en die een goede hand heeft voor brood en voor mensen.",
    "sv": "Vi söker en bagare som arbetar med oss på morgonen och som har en bra hand med bröd och med de som handlar.",
    "it": "Cerchiamo una panettiera che lavori con noi la mattina e che sappia stare con le persone e con il pane, per il forno.",
    "pl": "Szukamy piekarza, który będzie z nami pracował rano i ma dobrą rękę do chleba oraz do ludzi, bo to jest dla nas ważne.",
}


@each_row("name", POSTS)
def test_a_post_in_a_language_that_is_not_read_is_said_to_be_in_it(name: str) -> None:
    read = experience(POSTS[name])

    assert unsupported_language(language(POSTS[name])) == name
    assert not read.stated
    assert read.confidence == "low"
    assert f"not read: {name}" in read.doubt


@each_row("code", READ)
def test_a_language_that_is_read_is_recognised(code: str) -> None:
    assert language(READ[code] * 2) == code
    assert unsupported_language(code) is None


@pytest.mark.parametrize("text", ["", "Python, SQL, Docker, Kubernetes, Kafka, Spark " * 10, "Baker wanted"])
def test_nothing_is_claimed_of_a_text_without_a_language(text: str) -> None:
    assert language(text) is None
    assert unsupported_language(None) is None


def test_a_language_that_nobody_knows_is_said_to_be_none_that_is_read() -> None:
    made_up = "Þöru vælða hröfni ðað mærkti, sælur okör þýði blæfði örn ðægur æfla höþri, nýlða þrær " * 4

    assert language(made_up) == UNKNOWN
    assert "not recognised" in experience(made_up).doubt


LEFT = [
    "Requirements\nAt least (1) year of experience in a bakery\n",
    "Requirements\nEight-plus (8+) years of relevant work\n",
    "Anforderungen\nBerufserfahrung in Jahren (mindestens): 7\n",
    "Profil recherché\nExpérience en boulangerie\n3 An(s)\n",
    "Requisitos\nDoce meses acumulados de práctica\n",
    "Requirements\n4 quite unforeseen years of baking\n",
]


@each_row("text", LEFT)
def test_a_number_beside_a_unit_is_found_without_a_rule(text: str) -> None:
    assert len(leftovers(wording(WORK + text), "en", ())) >= 1


NONE = [
    "You get 30 days of holiday a year.",
    "The pay is 60,000 per year, 12 times a year.",
    "Since 2009, in the year 2024 and on 12/05/2024.",
    "Our 3rd year began in May.",
    "Tier 2 an hour later; rooms 4 and 5 are free.",
    "Wir zahlen 13 Gehälter im Jahr.",
    "Vous travaillez 35 heures; 5 semaines par an.",
    "Vakantiegeld en een 13e maand.",
    "More than 50 million people a year and $25 a month.",
]


@each_row("text", NONE)
def test_rates_dates_and_amounts_are_not_left_over(text: str) -> None:
    assert leftovers(wording(text), "en", ()) == []


def test_what_a_rule_has_explained_is_not_left_over() -> None:
    words = wording("Requirements\n5 years of experience, 3 of them abroad. Our firm is 40 years old.")

    assert leftovers(words, "en", [(one.start, one.end) for one in statements(words)]) == []


def test_an_answer_that_leaves_something_over_is_a_question_and_says_what() -> None:
    text = f"Requirements\n{WORK}\n4 quite unforeseen years of baking\n"

    read = experience(text)

    assert (read.stated, read.confidence) == (False, "low")
    assert "4 quite unforeseen years of baking" in read.doubt
    assert read.left_over[0].languages[0] == "en"
    assert experience(f"Requirements\n{WORK}\n").doubt == ""


def test_the_table_has_the_units_of_more_than_a_hundred_languages() -> None:
    table = languages()

    assert len(table) > 100
    assert all(one.years and one.name for one in table.values())
    assert sum(1 for one in table.values() if one.common) >= 40
    assert sum(1 for one in table.values() if one.numbers) >= 40


def test_time_grows_with_the_length_of_the_text_only() -> None:
    def seconds(times: int) -> float:
        words = wording("3 of the an ans 5 lat years 2 months: 4\n" * times)
        began = time.perf_counter()
        leftovers(words, None, ())
        return time.perf_counter() - began

    leftovers(wording("1 year"), None, ())
    short = min(seconds(2_000) for _ in range(3))
    long = min(seconds(16_000) for _ in range(3))

    assert long < 8 * 4 * short + 0.05


def test_eval_counts_what_is_left_over_and_confidence_against_truth(bare_jpt: Jpt) -> None:
    rows = [
        {"id": "sure", "text": f"Requirements\n5 years of experience\n{WORK}", "min_years": 5},
        {"id": "left", "text": f"Requirements\n4 quite unforeseen years of baking\n{WORK}", "min_years": 4},
    ]
    (bare_jpt.folder / "posts.jsonl").write_text("\n".join(map(json.dumps, rows)), encoding="utf-8")

    told = bare_jpt("eval", "posts.jsonl")
    row = bare_jpt("eval", "posts.jsonl", "--json").json

    assert "left over: a number that no rule explains in 1 post (en 1)" in told.out
    assert "low confidence: 0.50 of posts, right in 0.0000" in told.out
    assert row["left_over"] == {"en": 1}
    assert row["sure"][-1] == {"confidence": "low", "posts": 1, "right": 0}
