"""Pages with the marks of dates that content systems make, and when they were published; beside them those dates that
are none: of changes, of teasers, of comments, of today, of events."""

import logging
from dataclasses import dataclass

import pytest
from htmldate import find_date

from sayso.read.page_dates import date_address, judge_words, order_figures
from sayso.read.pages import read_page
from sayso.read.reports import Content
from sayso.record import Report

TEXT = (
    "<p>The dam above Karsko gave way on Friday night, the regional governor said. About 1,200 people left their homes "
    "and farms, and two bridges in the valley were closed to all traffic until engineers had looked at them.</p>"
    "<p>The dam was built in 1974. A flood on 11 June 1998 had already damaged it, an engineer said, and repairs that "
    "were promised for 1 July 2009 were never made.</p>"
)


@dataclass(frozen=True)
class Page:
    """A page: what its dates are like, when it was published, its markup and address."""

    name: str
    right: str | None
    html: str
    url: str = ""


def page(
    name: str,
    right: str | None,
    *,
    head: str = "",
    top: str = "",
    before: str = "",
    after: str = "",
    lang: str = "en",
    body: str = TEXT,
    h1: str = "<h1>Dam above Karsko gives way</h1>",
    wrap: str = "article",
    url: str = "",
) -> Page:
    html = (
        f'<!doctype html><html lang="{lang}"><head><title>Dam above Karsko gives way</title>{head}</head><body>{top}'
        f"<{wrap}>{h1}{before}{body}</{wrap}>{after}</body></html>"
    )
    return Page(name, right, html, url)


PAGES = [
    page(
        "WordPress with Yoast: a graph, page and article",
        "2021-03-04T12:40:00+00:00",
        head=(
            '<meta property="article:modified_time" content="2021-03-09T08:00:00+00:00"><script '
            'type="application/ld+json">{"@context":"https://schema.org","@graph":[{"@type":"WebSite","name":"Val'
            'ley Post"},{"@type":"WebPage","datePublished":"2021-03-04T12:40:00+00:00","dateModified":"2021-03-09'
            'T08:00:00+00:00"}]}</script>'
        ),
    ),
    page(
        "Arc: a NewsArticle in a list, with video",
        "2021-03-04T12:40:18.123000+00:00",
        head=(
            '<script type="application/ld+json">[{"@type":"VideoObject","uploadDate":"2020-01-05T00:00:00Z"},{"@t'
            'ype":"NewsArticle","headline":"Dam","dateModified":"2021-03-05T01:00:00.000Z","datePublished":"2021-'
            '03-04T12:40:18.123Z"}]</script>'
        ),
        before='<span data-testid="updated-date">Updated March 5, 2021</span>',
    ),
    page(
        "BBC: ReportageNewsArticle and a relative time",
        "2021-03-04T12:40:00+00:00",
        head=(
            '<script type="application/ld+json">{"@type":"ReportageNewsArticle","datePublished":"2021-03-04T12:40'
            ':00.000Z","dateModified":"2021-03-06T00:00:00Z"}</script>'
        ),
        before=('<time data-testid="timestamp" datetime="2021-03-06T00:00:00.000Z">3 days ago</time>'),
    ),
    page(
        "JSON-LD with a comma too many",
        "2021-03-04T12:40:00+01:00",
        head=(
            '<script type="application/ld+json">{"@type":"NewsArticle","headline":"Dam","datePublished": '
            '"2021-03-04T12:40:00+01:00","dateModified":"2021-03-05T00:00:00Z",}</script>'
        ),
    ),
    page(
        "JSON-LD in CDATA and comments",
        "2021-03-04T00:00:00+00:00",
        head=(
            '<script type="application/ld+json">\n//<![CDATA[\n{"@type":"Article","dateModified":"2021-03-05","date'
            'Published":"2021-03-04"}\n//]]>\n</script>'
        ),
    ),
    page(
        "JSON-LD with milliseconds",
        "2021-03-04T11:40:00+00:00",
        head=(
            '<script type="application/ld+json">{"@type":"NewsArticle","datePublished":1614858000000,"dateModifie'
            'd":1615000000000}</script>'
        ),
    ),
    page(
        "JSON-LD with a typed value",
        "2021-03-04T00:00:00+00:00",
        head=(
            '<script type="application/ld+json">{"@type":"BlogPosting","datePublished":{"@type":"Date","@value":"'
            '2021-03-04"}}</script>'
        ),
    ),
    page(
        "JSON-LD of a teaser before that of the page",
        "2021-03-04T09:00:00+00:00",
        head=(
            '<link rel="canonical" href="https://valley.example/dam"><script type="application/ld+json">'
            '{"@type":"NewsArticle","headline":"Old mill '
            'burns","url":"https://valley.example/mill","datePublished":"2019-01-02T00:00:00Z"}</script><script '
            'type="application/ld+json">{"@type":"NewsArticle","headline":"Dam above Karsko gives '
            'way","url":"https://valley.example/dam","datePublished":"2021-03-04T09:00:00Z"}</script>'
        ),
    ),
    page(
        "JSON-LD with words for the day",
        "2021-03-04T12:40:00-05:00",
        head=(
            '<script type="application/ld+json">{"@type":"NewsArticle","datePublished":"Thu, Mar 4, 2021, 12:40 '
            'PM EST"}</script>'
        ),
    ),
    page(
        "JSON-LD that only says when it was changed, a dateline beside",
        "2021-03-04T00:00:00+00:00",
        head=(
            '<script type="application/ld+json">{"@type":"NewsArticle","dateModified":"2021-03-09T00:00:00Z"}</script>'
        ),
        before='<p class="published">4 March 2021</p>',
    ),
    page(
        "meta article:published_time",
        "2021-03-04T12:40:00+02:00",
        head=(
            '<meta name="last-modified" content="2023-08-09T00:00:00Z"><meta property="article:published_time" '
            'content="2021-03-04T12:40:00+02:00">'
        ),
    ),
    page(
        "meta OriginalPublicationDate",
        "2012-10-05T14:33:06+00:00",
        head=(
            '<meta name="last-modified" content="2023-08-09T00:00:00Z"><meta name="OriginalPublicationDate" '
            'content="2012/10/05 14:33:06">'
        ),
    ),
    page(
        "meta govuk:first-published-at",
        "2021-03-04T12:40:00+00:00",
        head=(
            '<meta name="last-modified" content="2023-08-09T00:00:00Z"><meta name="govuk:first-published-at" '
            'content="2021-03-04T12:40:00+00:00">'
        ),
    ),
    page(
        "meta analyticsAttributes.articleDate",
        "2021-03-04T12:40:00+00:00",
        head=(
            '<meta name="last-modified" content="2023-08-09T00:00:00Z"><meta '
            'name="analyticsAttributes.articleDate" content="2021-03-04T12:40:00Z">'
        ),
    ),
    page(
        "meta DC.date.issued",
        "2021-03-04T00:00:00+00:00",
        head=(
            '<meta name="last-modified" content="2023-08-09T00:00:00Z"><meta name="DC.date.issued" '
            'content="2021-03-04">'
        ),
    ),
    page(
        "meta DCTERMS.available",
        "2021-03-04T00:00:00+00:00",
        head=(
            '<meta name="last-modified" content="2023-08-09T00:00:00Z"><meta name="DCTERMS.available" '
            'content="2021-03-04">'
        ),
    ),
    page(
        "meta pdate",
        "2011-03-04T00:00:00+00:00",
        head=('<meta name="last-modified" content="2023-08-09T00:00:00Z"><meta name="pdate" content="20110304">'),
    ),
    page(
        "meta rnews:datePublished",
        "2021-03-04T12:40:00+00:00",
        head=(
            '<meta name="last-modified" content="2023-08-09T00:00:00Z"><meta property="rnews:datePublished" '
            'content="2021-03-04T12:40:00Z">'
        ),
    ),
    page(
        "meta article_date_original",
        "2021-03-04T12:40:00+00:00",
        head=(
            '<meta name="last-modified" content="2023-08-09T00:00:00Z"><meta name="article_date_original" '
            'content="Thursday, March 4, 2021, 12:40 PM">'
        ),
    ),
    page(
        "meta bt:pubDate",
        "2021-03-04T12:40:00+00:00",
        head=(
            '<meta name="last-modified" content="2023-08-09T00:00:00Z"><meta property="bt:pubDate" '
            'content="2021-03-04T12:40:00Z">'
        ),
    ),
    page(
        "meta citation_online_date",
        "2021-03-04T00:00:00+00:00",
        head=(
            '<meta name="last-modified" content="2023-08-09T00:00:00Z"><meta name="citation_online_date" '
            'content="2021/03/04">'
        ),
    ),
    page(
        "meta weibo:article:create_at",
        "2021-03-04T12:40:00+00:00",
        head=(
            '<meta name="last-modified" content="2023-08-09T00:00:00Z"><meta name="weibo:article:create_at" '
            'content="2021-03-04 12:40:00">'
        ),
    ),
    page(
        "meta date with the day first, the visible line in words",
        "2021-03-04T00:00:00+00:00",
        head='<meta name="date" content="04/03/2021">',
        before=(
            '<ul class="ecl-page-header__meta"><li class="ecl-page-header__meta-item">Press release</li><li '
            'class="ecl-page-header__meta-item">4 March 2021</li></ul>'
        ),
    ),
    page(
        "WordPress theme: published and updated",
        "2021-03-04T12:40:00+00:00",
        before=(
            '<span class="posted-on"><a href="/d" rel="bookmark"><time class="entry-date published" '
            'datetime="2021-03-04T12:40:00+00:00">March 4, 2021</time><time class="updated" '
            'datetime="2021-03-09T08:00:00+00:00">March 9, 2021</time></a></span>'
        ),
    ),
    page(
        "hAtom: an abbreviation with a title",
        "2021-03-04T12:40:00-08:00",
        before=(
            '<div class="post-meta">Posted by Ann at <abbr class="published" itemprop="datePublished" '
            'title="2021-03-04T12:40:00-08:00">12:40 PM</abbr></div>'
        ),
    ),
    page(
        "Drupal 7: RDFa on a span",
        "2014-02-05T10:11:00+01:00",
        before=(
            '<span property="dc:date dc:created" content="2014-02-05T10:11:00+01:00" datatype="xsd:dateTime" '
            'rel="sioc:has_creator">Submitted by admin on Wed, 02/05/2014 - 10:11</span>'
        ),
    ),
    page(
        "Joomla: created and changed",
        "2020-05-05T08:00:00+00:00",
        before=(
            '<dl class="article-info"><dd class="modified"><time datetime="2020-06-01T08:00:00+00:00" '
            'itemprop="dateModified">Last Updated: 01 June 2020</time></dd><dd class="create"><time '
            'datetime="2020-05-05T08:00:00+00:00" itemprop="dateCreated">Created: 05 May 2020</time></dd></dl>'
        ),
    ),
    page(
        "microdata on a span with content",
        "2021-03-04T00:00:00+00:00",
        before=(
            '<span itemprop="datePublished" content="2021-03-04">yesterday</span><span itemprop="dateModified" '
            'content="2021-03-07">today</span>'
        ),
    ),
    page(
        "microdata as words",
        "2021-03-04T12:40:00+00:00",
        before=(
            '<div itemprop="datePublished">2021-03-04T12:40</div><div itemprop="dateModified">2021-03-05T13:00</div>'
        ),
    ),
    page(
        "ReliefWeb: published elsewhere first",
        "2021-03-04T00:00:00+00:00",
        before=(
            '<dl><dt class="date posted">Posted</dt><dd class="date posted"><time '
            'datetime="2021-03-06T00:00:00+00:00">6 Mar 2021</time></dd><dt>Originally published</dt><dd><time '
            'datetime="2021-03-04T00:00:00+00:00">4 Mar 2021</time></dd></dl>'
        ),
    ),
    page(
        "gov.uk: a list of published and updated",
        "2021-03-04T00:00:00+00:00",
        before=(
            '<dl class="gem-c-metadata"><dt>From:</dt><dd>Water Office</dd><dt>Published</dt><dd>4 March '
            "2021</dd><dt>Last updated</dt><dd>9 March 2021</dd></dl>"
        ),
    ),
    page(
        "AMP: a counting element",
        "2021-03-04T12:40:00+00:00",
        before=('<amp-timeago layout="fixed" datetime="2021-03-04T12:40:00Z">4 March 2021</amp-timeago>'),
    ),
    page(
        "AP: seconds in an attribute",
        "2021-03-04T12:40:00+00:00",
        before=(
            '<div class="Page-dateModified">Updated 5:00 PM UTC, March 5, 2021</div><div '
            'class="Page-datePublished"><bsp-timestamp data-timestamp="1614861600000"></bsp-timestamp></div>'
        ),
    ),
    page(
        "a time element without its machine part",
        "2021-03-04T00:00:00+00:00",
        before="<time>March 4, 2021</time>",
    ),
    page(
        "relative words with the moment in the title",
        "2021-03-04T12:40:00+00:00",
        before='<span class="date" title="2021-03-04T12:40:00Z">2 hours ago</span>',
    ),
    page(
        "data attribute",
        "2021-03-04T11:40:00+00:00",
        lang="es",
        before=('<a id="article_date_p" data-date="2021-03-04T11:40:00.000Z">04 mar 2021 - 12:40 CET</a>'),
    ),
    page(
        "a time of the article's own head, times of teasers elsewhere",
        "2021-03-04T12:40:00+00:00",
        top=('<aside><a href="/x"><time datetime="2022-01-01">1 Jan 2022</time> Old mill burns</a></aside>'),
        after=(
            '<section class="related"><article><h3>Mill</h3><time datetime="2020-02-02T00:00:00Z">2 Feb '
            "2020</time></article></section>"
        ),
        before='<time datetime="2021-03-04T12:40:00Z">4 Mar 2021</time>',
    ),
    page(
        "Guardian",
        "2021-03-04T12:40:00+00:00",
        lang="en",
        before=(
            '<div class="dcr"><details><summary>Thu 4 Mar 2021 12.40 GMT</summary>Last modified on Fri 5 Mar '
            "2021 09.00 GMT</details></div>"
        ),
    ),
    page(
        "CNN",
        "2021-03-04T12:40:00-05:00",
        lang="en",
        before=(
            '<div class="timestamp">Updated 1:05 PM EST, Fri March 5, 2021</div><div class="timestamp">Published '
            "12:40 PM EST, Thu March 4, 2021</div>"
        ),
    ),
    page(
        "changed before published in one line",
        "2021-03-04T00:00:00+00:00",
        lang="en",
        before=('<p class="dateline">Last updated: 9 March 2021. First published: 4 March 2021</p>'),
    ),
    page(
        "NATO",
        "2021-03-04T00:00:00+00:00",
        lang="en",
        before='<div class="meta">04 Mar. 2021 - | Last updated: 05 Mar. 2021 11:21</div>',
    ),
    page(
        "Al Jazeera",
        "2021-03-04T00:00:00+00:00",
        lang="en",
        before=(
            '<div class="date-simple"><span class="screen-reader-text">Published On 4 Mar 2021</span><span '
            'aria-hidden="true">4 Mar 2021</span></div>'
        ),
    ),
    page(
        "Ukrainska Pravda",
        "2021-03-04T12:40:00+00:00",
        lang="uk",
        before='<div class="post_time">Четвер, 4 березня 2021, 12:40</div>',
    ),
    page(
        "RIA",
        "2021-03-04T12:40:00+00:00",
        lang="ru",
        before=(
            '<div class="article__info-date"><a href="/20210304/">12:40 04.03.2021</a> <span>(обновлено: 13:00 '
            "05.03.2021)</span></div>"
        ),
    ),
    page(
        "Le Monde",
        "2021-03-04T12:40:00+00:00",
        lang="fr",
        before=('<span class="meta__date">Publié le 04 mars 2021 à 12h40 - Mis à jour le 05 mars 2021 à 10h00</span>'),
    ),
    page(
        "French, changed first",
        "2021-03-04T00:00:00+00:00",
        lang="fr",
        before='<p class="date">Mis à jour le 5 mars 2021, publié le 4 mars 2021</p>',
    ),
    page(
        "Spiegel",
        "2021-03-04T12:40:00+00:00",
        lang="de",
        before=('<div class="autor">Von Ann Orr</div><div class="meta-date">04.03.2021, 12.40 Uhr</div>'),
    ),
    page(
        "German, state and first",
        "2021-03-04T00:00:00+00:00",
        lang="de",
        before='<p class="date">Aktualisiert am 05.03.2021, erschienen am 04.03.2021</p>',
    ),
    page(
        "Spanish figures",
        "2021-03-04T12:40:00+00:00",
        lang="es",
        before='<p class="fecha">04/03/2021 12:40</p>',
    ),
    page(
        "British figures",
        "2021-03-04T00:00:00+00:00",
        lang="en-GB",
        before='<p class="date">04/03/2021</p>',
    ),
    page(
        "Portuguese",
        "2021-03-04T12:40:00+00:00",
        lang="pt-BR",
        before=('<p class="post-date">Publicado em 04/03/2021 às 12h40 | Atualizado em 05/03/2021</p>'),
    ),
    page(
        "Turkish",
        "2021-03-04T00:00:00+00:00",
        lang="tr",
        before='<span class="tarih">04.03.2021 - Güncelleme : 05.03.2021</span>',
    ),
    page(
        "Polish",
        "2021-03-04T12:40:00+00:00",
        lang="pl",
        before='<span class="article-date">4 marca 2021, 12:40</span>',
    ),
    page(
        "Czech",
        "2021-03-04T12:40:00+00:00",
        lang="cs",
        before='<span class="date">4. března 2021 12:40</span>',
    ),
    page(
        "Greek",
        "2021-03-04T12:40:00+00:00",
        lang="el",
        before='<span class="date">4 Μαρτίου 2021, 12:40</span>',
    ),
    page(
        "Romanian",
        "2021-03-04T12:40:00+00:00",
        lang="ro",
        before='<span class="date">4 martie 2021, 12:40</span>',
    ),
    page(
        "Arabic",
        "2021-03-04T00:00:00+00:00",
        lang="ar",
        before='<span class="date">4 مارس 2021</span>',
    ),
    page(
        "Arabic figures",
        "2021-03-04T00:00:00+00:00",
        lang="ar",
        before='<span class="date">٤ مارس ٢٠٢١</span>',
    ),
    page(
        "Arabic, Levant",
        "2021-03-04T00:00:00+00:00",
        lang="ar",
        before='<span class="date">4 آذار 2021</span>',
    ),
    page(
        "Hebrew",
        "2021-03-04T00:00:00+00:00",
        lang="he",
        before='<span class="date">4 במרץ 2021</span>',
    ),
    page(
        "Indonesian",
        "2021-03-04T12:40:00+07:00",
        lang="id",
        before='<span class="date">Kamis, 4 Maret 2021 12:40 WIB</span>',
    ),
    page(
        "Danish",
        "2021-03-04T12:40:00+00:00",
        lang="da",
        before='<span class="date">4. marts 2021 kl. 12.40</span>',
    ),
    page(
        "Finnish",
        "2021-03-04T12:40:00+00:00",
        lang="fi",
        before='<span class="date">4.3.2021 klo 12.40</span>',
    ),
    page(
        "Hungarian",
        "2021-03-04T12:40:00+00:00",
        lang="hu",
        before='<span class="date">2021. március 4. 12:40</span>',
    ),
    page(
        "Vietnamese",
        "2021-03-04T12:40:00+07:00",
        lang="vi",
        before='<span class="date">Thứ năm, 4/3/2021, 12:40 (GMT+7)</span>',
    ),
    page(
        "Chinese",
        "2021-03-04T12:40:00+00:00",
        lang="zh",
        before='<div class="pages-date">2021年03月04日12:40 来源：河谷报</div>',
    ),
    page(
        "Korean, two moments",
        "2021-03-04T12:40:00+00:00",
        lang="ko",
        before='<div class="info_date">입력 2021.03.04 12:40 | 수정 2021.03.05 09:00</div>',
    ),
    page(
        "Serbian",
        "2021-03-04T00:00:00+00:00",
        lang="sr",
        before='<span class="date">04. mart 2021.</span>',
    ),
    page(
        "state department",
        "2021-03-04T00:00:00+00:00",
        lang="en",
        before='<p class="article-meta__publish-date">March 4, 2021</p>',
    ),
    page(
        "an ordinal",
        "2021-03-04T00:00:00+00:00",
        lang="en",
        before='<p class="entry-date">Thursday 4th of March 2021</p>',
    ),
    page(
        "byline with its day",
        "2021-03-04T00:00:00+00:00",
        lang="en",
        before='<p class="byline">By Ann Orr, Karsko | 4 March 2021</p>',
    ),
    page(
        "address https://www.valley.example/world/2021/mar/04/dam-karsko",
        "2021-03-04T00:00:00+00:00",
        url="https://www.valley.example/world/2021/mar/04/dam-karsko",
    ),
    page(
        "address https://valley.example/en/20210304-dam-above-karsko",
        "2021-03-04T00:00:00+00:00",
        url="https://valley.example/en/20210304-dam-above-karsko",
    ),
    page(
        "address https://valley.example/news/2021-03-04/dam-above-karsko",
        "2021-03-04T00:00:00+00:00",
        url="https://valley.example/news/2021-03-04/dam-above-karsko",
    ),
    page(
        "address https://valley.example/2021/03/04/dam/",
        "2021-03-04T00:00:00+00:00",
        url="https://valley.example/2021/03/04/dam/",
    ),
    page(
        "address https://valley.example/20210304/dam-1556.html",
        "2021-03-04T00:00:00+00:00",
        url="https://valley.example/20210304/dam-1556.html",
    ),
    page(
        "address https://valley.example/story/20219943123/dam",
        None,
        url="https://valley.example/story/20219943123/dam",
    ),
    page(
        "today's date in the head of the site",
        "2021-03-04T00:00:00+00:00",
        top='<header><span class="date">Monday, 6 May 2024</span></header>',
        before='<span class="date">4 March 2021</span>',
    ),
    page(
        "dates of a sidebar before the article",
        "2021-03-04T00:00:00+00:00",
        top=(
            '<div id="sidebar"><ul class="recent-posts"><li>Mill burns <span class="post-date">2 May 2024</span>'
            "</li></ul></div>"
        ),
        before='<span class="post-date">4 March 2021</span>',
    ),
    page(
        "only a copyright year",
        None,
        after="<footer><p class='date'>© 2021 Valley Post. Last updated 4 May 2024</p></footer>",
    ),
    page(
        "only today's date in the head of the site",
        None,
        top='<header><div class="current-date">Monday, 6 May 2024</div></header>',
    ),
    page(
        "only dates of teasers",
        None,
        after=(
            '<aside class="related"><ul><li><span class="date">2 May 2024</span> Mill burns</li><li><span '
            'class="date">3 May 2024</span> Bridge</li></ul></aside>'
        ),
    ),
    page(
        "only dates of comments",
        None,
        after=(
            '<section id="comments"><div class="comment"><time datetime="2024-05-04T10:00:00Z">4 May 2024</time>'
            "<p>I saw it coming for years.</p></div></section>"
        ),
    ),
    page(
        "the day of an event",
        None,
        before='<div class="event-date">Meeting: 4 May 2021</div>',
    ),
    page(
        "only changed",
        None,
        head=(
            '<meta property="article:modified_time" content="2021-03-09T08:00:00Z"><meta '
            'property="og:updated_time" content="2021-03-09T08:00:00Z">'
        ),
        before='<p class="date">Updated: 9 March 2021</p>',
    ),
    page(
        "figures that could be either, nothing to tell",
        None,
        before='<p class="date">04/03/2021</p>',
    ),
    page(
        "figures that the address tells apart",
        "2021-04-03T00:00:00+00:00",
        before='<p class="date">04/03/2021</p>',
        url="https://valley.example/2021/04/03/dam",
    ),
    page(
        "an archive's bar above the page",
        "2021-03-04T00:00:00+00:00",
        top='<div id="wm-ipp-base"><div class="date">12 Oct 2023</div></div>',
        before='<p class="date">4 March 2021</p>',
    ),
    page(
        "a day in the running text",
        None,
        before=(
            "<p>KARSKO, March 4 - The dam gave way on 3 March 2021, the governor said, and two bridges were closed.</p>"
        ),
    ),
    page(
        "Zeit: div with time in aside meta",
        "2021-03-04T12:40:00+01:00",
        lang="de",
        before=(
            '<aside class="article__meta metadata"><time class="metadata__date" '
            'datetime="2021-03-04T12:40:00+01:00">4. März 2021, 12:40 Uhr</time> <span class="metadata__source">'
            "Quelle: Tal-Bote</span></aside>"
        ),
    ),
    page(
        "Substack: a bare div",
        "2021-03-04T00:00:00+00:00",
        before=(
            '<h3 class="subtitle">What the flood of 11 June 1998 teaches</h3><div class="pencraft">Ann Orr</div>'
            '<div class="pencraft">Mar 04, 2021</div>'
        ),
    ),
    page(
        "Blogger date header",
        "2021-03-04T00:00:00+00:00",
        top=(
            '<h1>Valley notes</h1><div class="date-outer"><h2 class="date-header"><span>Thursday, March 4, '
            "2021</span></h2></div>"
        ),
        h1='<h3 class="post-title">Dam gives way</h3>',
        wrap="div",
    ),
    page(
        "state.gov style no heading1",
        "2021-03-04T00:00:00+00:00",
        h1="<h2>Dam</h2>",
        wrap="main",
        before='<span class="article-meta__publish-date">March 4, 2021</span>',
    ),
    page(
        "ministry of Italy",
        "2021-03-04T00:00:00+00:00",
        lang="it",
        before='<p class="data">Roma, 4 marzo 2021</p>',
    ),
    page(
        "ANSA",
        "2021-03-04T12:40:00+00:00",
        lang="it",
        before=(
            '<div class="news-info"><span>Redazione ANSA</span> <em>ROMA</em> <time>04 marzo 2021 12:40</time></div>'
        ),
    ),
    page(
        "Gazeta, changed and made",
        "2021-03-04T12:40:00+00:00",
        lang="pl",
        before=(
            '<div class="article_date"><time>04.03.2021, 12:40</time></div><div class="article_date">'
            "Aktualizacja: 05.03.2021, 08:00</div>"
        ),
    ),
    page(
        "Sueddeutsche",
        "2021-03-04T12:40:00+00:00",
        lang="de",
        before=('<time datetime="2021-03-04 12:40:00">4. März 2021, 12:40 Uhr</time><p>Lesezeit: 3 Min.</p>'),
    ),
    page(
        "Heute live clock in header",
        "2021-03-04T00:00:00+00:00",
        top='<div id="top-bar"><div class="top-date">Sunday, May 5, 2024</div></div>',
        before='<div class="entry-meta">By Ann Orr - March 4, 2021 <span>0 comments</span></div>',
    ),
    page(
        "newspaper theme",
        "2021-03-04T08:00:00+00:00",
        before=(
            '<div class="td-module-meta-info"><div class="td-post-author-name">By Ann</div><span '
            'class="td-post-date"><time class="entry-date updated td-module-date" '
            'datetime="2021-03-04T08:00:00+00:00">March 4, 2021</time></span></div>'
        ),
    ),
    page(
        "Elementor",
        "2021-03-04T00:00:00+00:00",
        before=(
            '<ul class="elementor-inline-items elementor-post-info"><li itemprop="datePublished"><a '
            'href="https://v.example/2021/03/04/"><span class="elementor-icon-list-text '
            'elementor-post-info__item--type-date">March 4, 2021</span></a></li></ul>'
        ),
    ),
    page(
        "Haaretz relative plus iso",
        "2021-03-04T10:40:00+00:00",
        before='<time datetime="2021-03-04T10:40:00Z">Mar 4, 2021 12:40 pm IST</time>',
    ),
    page(
        "Kyiv Independent Ghost",
        "2021-03-04T00:00:00+00:00",
        after='<div class="c-latest"><time datetime="2024-01-01">Jan 1</time></div>',
        head='<meta property="article:published_time" content="">',
        before=('<time class="c-article-meta__date" datetime="2021-03-04"><span>March 4, 2021 12:40 PM</span></time>'),
    ),
    page(
        "UN press: date in div field",
        "2021-03-04T00:00:00+00:00",
        before=(
            '<div class="field field--name-field-date"><div class="field__item"><time datetime="2021-03-04" '
            'class="datetime">4 March 2021</time></div></div>'
        ),
    ),
    page(
        "JP Yomiuri",
        "2021-03-04T12:40:00+00:00",
        lang="ja",
        before=('<p class="c-article-date"><time datetime="2021-03-04T12:40">2021/03/04 12:40</time></p>'),
    ),
    page(
        "NHK",
        "2021-03-04T12:40:00+00:00",
        lang="ja",
        before='<p class="content--date">2021年3月4日 12時40分</p>',
    ),
    page(
        "Xinhua",
        "2021-03-04T12:40:00+00:00",
        lang="zh",
        before='<div class="info">2021-03-04 12:40:00 来源： 河谷报</div>',
    ),
    page(
        "Sina, time with colons",
        "2021-03-04T12:40:00+00:00",
        lang="zh",
        before='<div class="date-source"><span class="date">2021年03月04日 12:40</span></div>',
    ),
    page(
        "Korean, numbers with dots and words",
        "2021-03-04T00:00:00+00:00",
        lang="ko",
        before='<span class="date">기사입력 2021. 3. 4.</span>',
    ),
    page(
        "Persian, own calendar",
        None,
        lang="fa",
        before='<span class="date">۱۴ اسفند ۱۳۹۹</span><span class="time">۱۲:۴۰</span>',
    ),
    page(
        "Thai, own years",
        None,
        lang="th",
        before='<span class="date">4 มีนาคม 2564</span>',
    ),
    page(
        "Hindi",
        "2021-03-04T12:40:00+05:30",
        lang="hi",
        before='<span class="date">Published: 04 Mar 2021 12:40 PM (IST)</span>',
    ),
    page(
        "Indian: updated first",
        "2021-03-04T12:40:00+05:30",
        before=(
            '<div class="storyPgTstmp">Last Updated: Mar 05, 2021, 08:00 AM IST | First Published: Mar 04, 2021, '
            "12:40 PM IST</div>"
        ),
    ),
    page(
        "published on with weekday",
        "2021-03-04T00:00:00+00:00",
        before="<p>Published on Thursday, 4 March 2021</p>",
    ),
    page(
        "Irish: words in time, modified in title",
        "2021-03-04T12:40:00+00:00",
        before=(
            '<time title="Updated 2021-03-06T00:00:00Z" datetime="2021-03-04T12:40:00Z">Thu Mar 4 2021 - 12:40</time>'
        ),
    ),
    page(
        "dl in government page, Dutch",
        "2021-03-04T00:00:00+00:00",
        lang="nl",
        before='<p class="article-meta">Nieuwsbericht | 04-03-2021</p>',
    ),
    page(
        "Swedish",
        "2021-03-04T12:40:00+00:00",
        lang="sv",
        before=("<div><span>Publicerad 4 mars 2021 kl 12.40</span> <span>Uppdaterad 5 mars 2021</span></div>"),
    ),
    page(
        "Norwegian",
        "2021-03-04T12:40:00+00:00",
        lang="nb",
        before="<p>Publisert: 04.03.2021 kl. 12:40 – Oppdatert 05.03.2021</p>",
    ),
    page(
        "Bulgarian",
        "2021-03-04T12:40:00+00:00",
        lang="bg",
        before='<div class="article-info">12:40, 04 март 2021</div>',
    ),
    page(
        "book: event json first",
        "2021-03-04T00:00:00+00:00",
        head=(
            '<script type="application/ld+json">{"@type":"Event","startDate":"2022-04-05","name":"Meeting"}</scri'
            'pt><script type="application/ld+json">{"@type":"NewsArticle","datePublished":"2021-03-04"}</script>'
        ),
    ),
    page(
        "archive of a list",
        None,
        h1="<h1>News</h1>",
        body=(
            '<ul class="list"><li><a href="/1">The mill at Brim number 1 has burnt down to its walls in the '
            'night, police in the valley said</a> <span class="date">1 May 2021</span></li><li><a href="/2">The '
            "mill at Brim number 2 has burnt down to its walls in the night, police in the valley said</a> <span "
            'class="date">2 May 2021</span></li><li><a href="/3">The mill at Brim number 3 has burnt down to its '
            'walls in the night, police in the valley said</a> <span class="date">3 May 2021</span></li></ul>'
        ),
        wrap="div",
    ),
    page(
        "author box with join date",
        "2021-03-04T00:00:00+00:00",
        after='<div class="author-box">Ann Orr joined the paper on 5 May 2010</div>',
        before='<p class="byline">By Ann Orr</p><time datetime="2021-03-04">4 March</time>',
    ),
    page(
        "expires meta",
        "2021-03-04T00:00:00+00:00",
        head=(
            '<meta name="date" content="2021-03-04"><meta name="expires" content="2031-01-01"><meta '
            'name="revised" content="2022-01-01">'
        ),
    ),
    page(
        "parsely in JSON meta",
        "2021-03-04T12:40:00+00:00",
        head=('<meta name="parsely-page" content=\'{"title":"Dam","pub_date":"2021-03-04T12:40:00Z"}\'>'),
    ),
    page(
        "microdata inside hidden meta in body",
        "2021-03-04T12:40:00+00:00",
        before=(
            '<div itemscope><meta itemprop="dateModified" content="2021-03-06T00:00:00Z"><meta '
            'itemprop="datePublished" content="2021-03-04T12:40:00Z"></div>'
        ),
    ),
    page(
        "Photo taken trap",
        "2021-03-04T00:00:00+00:00",
        before=(
            "<figure><figcaption>The dam on 2 February 2015. Photo: A. Orr</figcaption></figure><p "
            'class="posted-on">March 4, 2021</p>'
        ),
    ),
    page(
        "Caption before dateline without marks",
        "2021-03-04T00:00:00+00:00",
        before=(
            '<figure><img alt=""><div class="caption">The dam, seen on 2 February 2015</div></figure><div>4 '
            "March 2021</div>"
        ),
    ),
    page(
        "a line above the heading, in an aside",
        "2021-03-04T12:40:00+00:00",
        h1='<aside class="textML__date">12:40, 4 марта 2021</aside><h1>Dam above Karsko gives way</h1>',
        lang="ru",
    ),
    page(
        "an attribute that says more than the name of its element",
        "2021-03-04T12:40:00+00:00",
        before='<p class="update-time" data-published-time="20210304124000">송고시간2021-03-04 12:40</p>',
        lang="ko",
    ),
    page(
        "changed and published in a list of definitions",
        "2021-03-04T00:00:00+00:00",
        before="<dl><dt>Last modified</dt><dd>9 March 2021</dd><dt>Publication date</dt><dd>4 March 2021</dd></dl>",
    ),
    page(
        "an advertisement with a day near the heading",
        "2021-03-04T00:00:00+00:00",
        before='<div class="advert"><span class="date">9 May 2023</span></div><span class="date">4 March 2021</span>',
    ),
    page(
        "a note on cookies",
        None,
        top='<div class="cookie-banner"><p>We updated our policy on 25 May 2018. Accept.</p></div>',
    ),
]


def read(given: Page) -> str | None:
    made = read_page(Content(content=given.html.encode("utf8"), name="in.html", url=given.url))
    report = next(item for item in made if isinstance(item, Report))
    return report.published.isoformat() if report.published else None


@pytest.mark.parametrize("given", PAGES, ids=lambda given: given.name)
def test_dates_of_pages(given: Page) -> None:
    assert read(given) == given.right


def test_no_worse_than_a_library_for_dates() -> None:
    logging.getLogger("htmldate").setLevel(logging.CRITICAL)
    days = {given.name: given.right and given.right[:10] for given in PAGES}
    ours = sum((read(given) or "")[:10] == (days[given.name] or "") for given in PAGES)
    theirs = sum(find_date(g.html, url=g.url or None, original_date=True) == days[g.name] for g in PAGES)
    assert ours >= theirs


LINES = [
    ("Published 4 March 2021, updated 5 March 2021", "Published 4 March 2021"),
    ("Updated 5 March 2021", ""),
    ("Updated 5 March 2021. First published on 4 March 2021", "published on 4 March 2021"),
    ("Posted 6 March 2021 | Originally published 4 March 2021", "published 4 March 2021"),
    ("4 March 2021", "4 March 2021"),
    ("발행 2021.03.04 수정 2021.03.05", "발행 2021.03.04"),
]


@pytest.mark.parametrize(("words", "stated"), LINES)
def test_lines_of_several_days(words: str, stated: str) -> None:
    assert judge_words(words)[1] == stated


def test_figures_in_the_order_of_a_language() -> None:
    assert order_figures("04/03/2021 12:40", "es-MX") == "2021-03-04 12:40"
    assert order_figures("04/03/2021", "en-IE") == "2021-03-04"
    assert order_figures("04/03/2021", "en") == order_figures("04/03/2021", "en-US") == "04/03/2021"


def test_days_in_addresses() -> None:
    assert date_address("/2021/mar/04/dam") == "04 mar 2021"
    assert date_address("/world/dam-gives-way-2021-03-04/") == "2021-03-04"
    assert date_address("/story/20211399") == date_address("/a/2021/03/") == date_address("/1920210304/x") == ""
