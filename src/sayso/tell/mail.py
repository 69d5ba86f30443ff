"""A brief as an e-mail (RFC 5322) that a mail program opens: plain text and the page, whichever it can show.

It names neither sender nor receiver, which whoever sends it fills in: `X-Unsent` makes a mail program open it as a
draft.
"""

from __future__ import annotations

import hashlib
from email.message import EmailMessage
from email.policy import SMTP
from email.utils import format_datetime

from sayso.harms import one_line
from sayso.record import Brief
from sayso.tell.html import render_html
from sayso.tell.text import render_text
from sayso.tell.tongues import _

LONGEST_SUBJECT = 300


def render_mail(brief: Brief) -> bytes:
    """The brief as a message of the type multipart/alternative, with the line ends of mail. Its date is that as of
    which the brief tells, or that of its newest report."""
    plain = render_text(brief)
    message = EmailMessage(policy=SMTP)
    message["Subject"] = one_line(brief.title)[:LONGEST_SUBJECT] or _("Situation report")
    dates = [reading.report.published for reading in brief.picture.readings if reading.report.published]
    moment = brief.picture.as_of or max(dates, default=None)
    if moment:
        message["Date"] = format_datetime(moment)
    message["X-Unsent"] = "1"
    message.set_content(plain, cte="base64")
    # Mail programs run no script, and some refuse a message that has any.
    message.add_alternative(render_html(brief, script=False), subtype="html", cte="base64")
    # The same brief is the same file.
    message.set_boundary("sayso-" + hashlib.sha256(plain.encode("utf8")).hexdigest()[:32])
    return message.as_bytes()
