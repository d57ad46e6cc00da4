using Atrium.Kernel;
using Atrium.Kernel.Dav;
using Microsoft.EntityFrameworkCore;
using NodaTime;

namespace Atrium.Tasks;

/// <summary>Events and journal entries of a list made over CalDAV: kept whole, found by their span.</summary>
internal sealed class KeepObject(TaskDesk desk)
{
    private static readonly DateTimeOffset Never = new(9999, 12, 1, 0, 0, 0, TimeSpan.Zero);
    private static readonly DateTimeOffset Always = new(1, 1, 2, 0, 0, 0, TimeSpan.Zero);

    private TasksDb Db => desk.Db;

    public Task<DavWritten> PutAsync(TaskCalendar list, string name, DavCalendarObject sent, DavConditions conditions, Actor actor, CancellationToken ct) => desk.ChangeAsync(
        list.Project, actor, ProjectRole.Writer,
        async write =>
        {
            var met = await Db.MeetAsync(list, name, sent.Uid, ct);
            conditions.Demand(met.Etag);
            if (met.ByName is not null) throw DavFault.Cal("valid-calendar-object-resource", "A to-do stays one.");
            if (met.ByUid is { } task) throw DavAddresses.Taken(actor, list, task.Name);
            if (met.ObjectByUid is { } same && same != met.ObjectByName) throw DavAddresses.Taken(actor, list, same.Name);
            if (met.ObjectByName is { } held && held.Uid != sent.Uid) throw DavAddresses.Taken(actor, list, name);
            if (met.ObjectByName is { } other && other.Component != sent.Component) throw DavFault.Cal("valid-calendar-object-resource", "An object stays what it is.");
            await Db.FreeAsync(met, ct);
            var item = met.ObjectByName;
            if (item is null) Db.CalendarObjects.Add(item = new() { ProjectId = list.Project, Name = name, Uid = sent.Uid, Component = sent.Component, Raw = sent.Octets });
            (item.Raw, item.Seq, item.Revision) = (sent.Octets, write.Seq, write.Seq);
            (item.StartSort, item.EndSort) = SpanOf(sent.Calendar, sent.Component);
            return new DavWritten(met.ObjectByName is null, DavMeeting.ObjectEtag(item));
        },
        ct);

    /// <summary>Inside a write.</summary>
    public void Remove(ProjectWrite write, CalendarObject item)
    {
        Db.CalendarObjects.Remove(item);
        Db.Tombstones.Add(new(item.ProjectId, item.Name, item.Uid, write.Seq, null, write.By.At));
    }

    /// <summary>From the first beginning to the last end; a series lasts for ever, as far as looking for it goes.</summary>
    private static (DateTimeOffset Start, DateTimeOffset End) SpanOf(IcalComponent calendar, string component)
    {
        var zones = new IcalZoneBook(calendar);
        var (start, end) = (Never, Always);
        foreach (var part in calendar.ComponentsOf(component))
        {
            if (part.Line("RRULE") is not null || part.Line("RDATE") is not null) end = Never;
            foreach (var time in (IcalTime?[])[IcalTime.Of(part.Line("DTSTART")), IcalTime.Of(part.Line("DTEND")), IcalTime.Of(part.Line("RECURRENCE-ID"))])
            {
                if (time is not { } t) continue;
                var at = zones.InstantOf(t, DateTimeZone.Utc).ToDateTimeOffset();
                var length = Math.Max(0, IcalDuration.Parse(part.ValueOf("DURATION"))?.TotalSeconds ?? (t.IsDate ? 86_400 : 0));
                if (at < start) start = at;
                var last = length < (Never - at).TotalSeconds ? at.AddSeconds(length) : Never;
                if (last > end) end = last;
            }
        }

        return start == Never ? (Always, Never) : (start, end);
    }
}
