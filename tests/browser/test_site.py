"""The site as somebody opens it from a folder: it reads, searches and leads on without a server."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from playwright.sync_api import expect

from helpers.read.corpus import HOME
from helpers.share.site import build_site

pytestmark = pytest.mark.slow
PAGES = [path.stem for path in sorted((HOME / "notebooks").glob("*.ipynb"))]
PAGES += ["index", "measures", "search"]
# From 01 on: with one text, with a corpus.
WAYS = (("02", "04", "03", "06"), ("08", "07", "05", "04", "06", "03", "02"))
WIDTHS = {"desktop": 1280, "telephone": 390}
GRAVE = {"serious", "critical"}


@pytest.fixture(scope="module")
def site(tmp_path_factory) -> Path:
    target = tmp_path_factory.mktemp("copied") / "un site"
    build_site(HOME / "notebooks", target)
    return target


@pytest.fixture(scope="module")
def page(new_page):
    said = []
    page = new_page()
    page.on("console", lambda message: said.append((message.type, message.text)))
    yield page
    assert [text for kind, text in said if kind in {"error", "warning"}] == []


@pytest.fixture(params=PAGES)
def opened(request, site, page):
    page.goto((site / f"{request.param}.html").as_uri())
    return page


def test_every_picture_is_there_and_says_what_it_shows(opened):
    assert opened.title()
    for picture in opened.locator("article img").all():
        assert len(picture.get_attribute("alt")) > 40
        assert picture.evaluate("image => image.complete && image.naturalWidth") > 0


def test_every_link_leads_to_a_page_that_is_there_or_says_that_it_leads_elsewhere(opened, site):
    for link in {link.get_attribute("href") for link in opened.locator("a[href]").all()}:
        file, _, place = link.partition("#")
        if not link.startswith("https://"):
            target = site / (file or Path(opened.url).name.partition("?")[0].partition("#")[0])
            assert target.is_file(), link
            assert not place or f'id="{place}"' in target.read_text("utf-8"), link


# In the dark nothing but colours is another: two of axe's rules are about them, a third asks for the
# contrast of level AAA and is off unless it is named.
SCHEMES = {"light": "", "dark": ", runOnly: ['color-contrast', 'link-in-text-block']"}


@pytest.mark.parametrize("scheme", SCHEMES)
@pytest.mark.parametrize("width", WIDTHS.values(), ids=WIDTHS)
def test_nothing_keeps_anybody_from_reading_it(opened, axe, width, scheme):
    opened.set_viewport_size({"width": width, "height": 900})
    opened.emulate_media(color_scheme=scheme)
    for element in ("html", ".content"):
        wide = opened.locator(element).first.evaluate("e => [e.scrollWidth, e.clientWidth]")
        assert wide[0] <= wide[1], element
    opened.evaluate(axe)
    rules = f"{{ resultTypes: ['violations'], preload: false{SCHEMES[scheme]} }}"
    found = opened.evaluate(f"axe.run({rules})")
    assert found["passes"]
    faults = [fault for fault in found["violations"] if fault["impact"] in GRAVE]
    assert [(fault["id"], [node["html"] for node in fault["nodes"]]) for fault in faults] == []


def test_the_search_finds_a_word_with_its_accents_by_keyboard(page, site):
    page.goto((site / "index.html").as_uri())
    page.get_by_role("searchbox").or_(page.get_by_placeholder("Search")).first.focus()
    page.keyboard.type("coopération")
    page.keyboard.press("Enter")
    found = page.locator("#search-results li a")
    said = re.compile(r"\d+ sections with “coopération”")
    expect(page.locator("#search-results")).to_contain_text(said)
    excerpts = page.locator("#search-results li p", has_text="coopération")
    expect(excerpts.first).to_be_visible()
    page.goto(page.url.replace("coop%C3%A9ration", "cooperation"))
    expect(excerpts.first).to_be_visible()
    found.first.click()
    expect(page.get_by_role("heading", level=1)).to_be_visible()
    assert "coopération" in page.locator("article").inner_text()


def test_the_notebooks_lead_from_one_to_the_next_and_back(page, site):
    page.goto((site / "index.html").as_uri())
    page.locator("article").get_by_role("link", name="01 · Parsing").first.click()
    for way in WAYS:
        page.goto((site / f"{PAGES[0]}.html").as_uri())
        for number in way:
            name = next(name for name in PAGES if name.startswith(number))
            page.locator(f'article a[href="{name}.html"]').last.click()
            assert page.url.endswith(f"/{name}.html")
    page.locator("article").get_by_role("link", name="index", exact=True).last.click()
    assert page.url.endswith("/index.html")


def test_formulas_are_drawn_by_the_browser_and_none_is_left_as_source(page, site):
    page.goto((site / "measures.html").as_uri())
    assert page.locator("math").count() >= 30
    assert not re.search(r"\$|\\[a-z]+", page.locator("article").inner_text())


def test_light_and_dark_can_be_chosen(page, site):
    page.set_viewport_size({"width": 1280, "height": 900})
    page.emulate_media(color_scheme="light")
    page.goto((site / "index.html").as_uri())
    ground = "getComputedStyle(document.body).backgroundColor"
    seen = [page.evaluate(ground)]
    for _ in range(2):
        page.locator(".theme-toggle:visible").click()
        seen.append(page.evaluate(ground))
    assert len(set(seen)) == 2


def test_figures_stand_on_a_card_in_the_dark_and_paper_shows_the_text_alone(browser, site):
    page = browser.new_context().new_page()  # in which no theme was chosen
    page.goto((site / "02-vocabulary.html").as_uri())
    figure = "getComputedStyle(document.querySelector('article img'))"
    page.emulate_media(color_scheme="dark")  # of the system: nobody chose it on the page
    assert page.evaluate(f"{figure}.backgroundColor") == "rgb(255, 255, 255)"
    assert page.evaluate(f"{figure}.padding") == "8px"
    page.emulate_media(color_scheme="light")
    assert page.evaluate(f"{figure}.padding") == "0px"
    beside = page.locator(".skip-to-content, details.hide")
    assert beside.count() > 1
    page.emulate_media(media="print")
    assert not any(part.is_visible() for part in beside.all())


def test_a_page_asks_nothing_of_elsewhere_and_runs_no_plugin(browser, site):
    page = browser.new_context().new_page()
    page.goto((site / "index.html").as_uri())
    asked = page.evaluate(
        """async () => {
            const refused = [];
            document.addEventListener("securitypolicyviolation", e => refused.push(e.effectiveDirective));
            for (const [tag, name] of [["img", "src"], ["script", "src"], ["object", "data"]]) {
                const part = document.createElement(tag);
                part[name] = "https://example.invalid/x";
                document.body.append(part);
            }
            await new Promise(done => setTimeout(done, 500));
            return refused.sort();
        }"""
    )
    assert asked == ["img-src", "object-src", "script-src-elem"]
