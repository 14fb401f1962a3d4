"""Pages of the inbox, of what a person wants to hear of, and of what went out."""

from __future__ import annotations

from uuid import UUID

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from gongkai.accounts.permissions import standing_of
from gongkai.notifications import selectors, services
from gongkai.notifications.enums import Channel, State
from gongkai.notifications.forms import PreferencesForm
from gongkai.ui.http import read_only
from gongkai.ui.paging import page_links
from gongkai.workbench.rendering import desk_page

PER_PAGE = 20


@read_only
def inbox(request: HttpRequest) -> HttpResponse:
    """A person's messages, newest first; only unread ones or those of one event when asked for."""
    me = standing_of(request).user_id
    event, unread_only = request.GET.get("event", "")[:60], request.GET.get("unread") == "1"
    shown = Paginator(selectors.inbox(me, unread_only=unread_only, event=event), PER_PAGE).get_page(
        request.GET.get("page")
    )
    return desk_page(
        request,
        "workbench/inbox/list.html",
        title=_("站内信"),
        rows=[(message, selectors.label(message.event)) for message in shown],
        shown=shown,
        page_links=page_links(request, shown),
        unread=selectors.unread(me),
        unread_only=unread_only,
        events=[(found, selectors.label(found), found == event) for found in selectors.events_in_inbox(me)],
    )


@require_POST
def read(request: HttpRequest) -> HttpResponse:
    """Call one message read, or all."""
    me = standing_of(request).user_id
    ids = [
        int(text) for text in request.POST.getlist("message") if text.isascii() and text.isdigit() and len(text) < 18
    ]
    count = services.mark_read(user_id=me, ids=ids) if ids else services.mark_all_read(user_id=me)
    messages.success(request, _("已把 %(count)d 条站内信标为已读。") % {"count": count})
    return redirect("inbox:list")


@require_http_methods(["GET", "HEAD", "POST"])
def preferences(request: HttpRequest) -> HttpResponse:
    """Which events by which channels."""
    me = standing_of(request).user_id
    form = PreferencesForm(request.POST or None, wants=selectors.wants(me))
    if request.method == "POST" and form.is_valid():
        services.choose(user_id=me, wanted=form.chosen())
        messages.success(request, _("接收设置已保存。"))
        return redirect("inbox:preferences")
    return desk_page(request, "workbench/inbox/preferences.html", title=_("接收设置"), form=form)


@read_only
def deliveries(request: HttpRequest) -> HttpResponse:
    """What went out or should have, with every try; without names, addresses and words."""
    state, channel = request.GET.get("state", ""), request.GET.get("channel", "")
    state = state if state in set(State) else ""
    channel = channel if channel in set(Channel) else ""
    shown = Paginator(selectors.log(standing_of(request), state=state, channel=channel), PER_PAGE).get_page(
        request.GET.get("page")
    )
    counts = selectors.counts(standing_of(request))
    return desk_page(
        request,
        "workbench/inbox/deliveries.html",
        title=_("投递记录"),
        rows=[(notice, selectors.label(notice.event), notice.state in selectors.SETTLED_BY_HAND) for notice in shown],
        shown=shown,
        page_links=page_links(request, shown),
        states=[(one.value, one.label, counts[one], one.value == state) for one in State],
        channels=[(one.value, one.label, one.value == channel) for one in (Channel.MAIL, Channel.SMS)],
    )


@require_POST
def settle(request: HttpRequest, notice_id: UUID) -> HttpResponse:
    """Send a notice again, or let it be; of two people at once, the first decides."""
    act = services.drop if request.POST.get("act") == "drop" else services.send_again
    if act(notice_id=notice_id, by=standing_of(request)):
        messages.success(request, _("已经处理。"))
    else:
        messages.error(request, _("这条通知已由别人处理，或者已经送出，没有改动。"))
    return redirect("inbox:deliveries")
