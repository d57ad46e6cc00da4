using Atrium.Kernel;
using NodaTime;

namespace Atrium.Tasks;

/// <summary>Writes tasks as one VCALENDAR: to-dos, or events for readers that only know those.</summary>
internal sealed class FeedWriter(TextWriter output, string house)
{
    private readonly IcalWriter _ical = new(output);

    public void Write(string name, IReadOnlyList<TaskItem> tasks, IReadOnlyDictionary<Id<Project>, (string? Key, string Title)> projects, bool asEvents)
    {
        var shown = asEvents ? [.. tasks.Where(t => (t.NextDue ?? t.Start) is not null)] : tasks;
        _ical.Begin("VCALENDAR");
        _ical.Line("VERSION", "2.0");
        _ical.Line("PRODID", "-//Atrium//Tasks//EN");
        _ical.Text("X-WR-CALNAME", name);
        _ical.Text("NAME", name);
        _ical.Line("REFRESH-INTERVAL;VALUE=DURATION", "PT1H");
        _ical.Line("X-PUBLISHED-TTL", "PT1H");
        var zoned = shown.SelectMany(t => (When?[])[t.Start, t.NextDue]).OfType<When>().Where(w => w.Kind == WhenKind.Zoned).GroupBy(w => w.TzId!, StringComparer.Ordinal);
        foreach (var zone in zoned.OrderBy(z => z.Key, StringComparer.Ordinal))
            IcalZones.Write(_ical, zone.Key, Instant.FromDateTimeOffset(zone.Min(w => w.Sort).AddYears(-1)), Instant.FromDateTimeOffset(zone.Max(w => w.Sort).AddYears(5)));
        foreach (var task in shown)
        {
            var (key, title) = projects[task.ProjectId];
            if (asEvents) Event(task, key, title);
            else Todo(task, key, title);
        }

        _ical.End("VCALENDAR");
    }

    private void Todo(TaskItem task, string? key, string project)
    {
        _ical.Begin("VTODO");
        Common(task, key, project, task.Uid);
        _ical.Line("STATUS", task.Category switch { Category.Doing => "IN-PROCESS", Category.Done => "COMPLETED", Category.Cancelled => "CANCELLED", _ => "NEEDS-ACTION" });
        _ical.Instant("COMPLETED", task.CompletedAt);
        if (task.Percent > 0) _ical.Line("PERCENT-COMPLETE", task.Percent.ToString(System.Globalization.CultureInfo.InvariantCulture));
        if (task.Priority > 0) _ical.Line("PRIORITY", task.Priority.ToString(System.Globalization.CultureInfo.InvariantCulture));
        if (task.Start is not null && (task.NextDue is null || (task.Start.HasTime == task.NextDue.HasTime && task.Start.Sort <= task.NextDue.Sort))) _ical.When("DTSTART", task.Start);
        _ical.When("DUE", task.NextDue);
        _ical.End("VTODO");
    }

    /// <summary>The due as an event: the whole day, or half an hour that ends when it is due.</summary>
    private void Event(TaskItem task, string? key, string project)
    {
        var at = task.NextDue ?? task.Start!;
        _ical.Begin("VEVENT");
        Common(task, key, project, $"event-{task.Uid}");
        _ical.When("DTSTART", at.HasTime ? at.At(at.ToLocal().PlusMinutes(-30)) : at);
        _ical.When("DTEND", at.HasTime ? at : at.PlusDays(1));
        _ical.Line("TRANSP", "TRANSPARENT");
        _ical.End("VEVENT");
    }

    private void Common(TaskItem task, string? key, string project, string uid)
    {
        _ical.Text("UID", uid);
        _ical.Instant("DTSTAMP", task.UpdatedAt);
        _ical.Instant("LAST-MODIFIED", task.UpdatedAt);
        _ical.Text("SUMMARY", task.Title);
        _ical.Text("DESCRIPTION", task.Description);
        _ical.Text("CATEGORIES", project);
        _ical.Line("URL", house + TaskPath.Of(key, task.Number, task.Id));
    }
}
