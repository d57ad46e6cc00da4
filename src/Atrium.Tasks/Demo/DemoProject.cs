using Atrium.Kernel;
using NodaTime;
using NodaTime.Text;

namespace Atrium.Tasks;

/// <summary>Makes one project of the demo: each task through the model, at the time it is said to have happened, so that history is as it would be.</summary>
internal sealed class DemoProject(Project project, IReadOnlyDictionary<string, Id<Member>> people, DateTimeOffset now)
{
    private const string Zone = "Europe/Berlin";
    private static readonly DateTimeZone Place = DateTimeZoneProviders.Tzdb[Zone];
    private readonly List<TaskItem> _tasks = [];
    private string? _rank;
    private long _seq;

    public Project Project => project;

    public IReadOnlyList<TaskItem> Tasks => _tasks;

    public List<Activity> History { get; } = [];

    public List<Relation> Relations { get; } = [];

    public void Add(DemoCard card)
    {
        var made = By(card.By, card.Made, 10);
        var column = Column(card.Column);
        _rank = Rank.Between(_rank, null);
        var task = new TaskItem(project.Id, _tasks.Count + 1, card.Title, project.Board().Demand(Category.Todo), _rank, made);
        if (card.Body.Length > 0) task.Describe(card.Body, made);
        task.Prioritise(card.Priority, made);
        task.Schedule(null, DueOf(card), made);
        task.LabelWith([.. card.Labels.Select(l => project.FindLabel(l) ?? project.AddLabel(l, null))], made);
        if (card.Under is { } parent) task.Nest(Find(parent), [Find(parent).Id], 0, made);
        if (card.Places is { } places) task.NeedPeople(places, made);
        if (card.Repeat is { } rule) task.Repeat(Rrule.Parse(rule), RecurrenceMode.FromDue, made);
        if (card.Turns.Length > 0) task.Rotate(new([.. card.Turns.Select(t => people[t])], RotationStrategy.LeastLoad), made);
        if (card.Remind is { } before) task.RemindBy(ReminderAnchor.Due, -before, made);
        Keep(task);
        if (card.Who.Length > 0) Step(task, By(card.By, Math.Max(card.Done, card.Made - 1), 11), by => task.Assign([.. card.Who.Select(w => people[w])], by));
        Tick(task, card);
        for (var i = 0; i < card.Volunteers.Length; i++) Step(task, By(card.Volunteers[i], Math.Max(0, card.Made - 1 - i), 18), by => task.TakePlace(by.Actor!.Value, by));
        Move(task, card, column);
        _tasks.Add(task);
        if (card.After is { } first) Relations.Add(new(Find(first).Id, task.Id, RelationKind.Blocks));
    }

    /// <summary>Lets a series have been done on its dates by whoever's turn it was, up to today.</summary>
    public void Live(string title, int skipEvery = 0)
    {
        var task = Find(title);
        for (var times = 1; task.Due is { } due && due.EndsIn(Place).ToDateTimeOffset() < now && times < 60; times++)
        {
            var at = due.BeginsIn(Place).ToDateTimeOffset().AddHours(due.HasTime ? 1 : 17);
            var who = task.Assignees.Count > 0 ? task.Assignees[0].MemberId : project.CreatedBy;
            var by = new Change(who, "web", at, $"demo-{task.Number}-{times}");
            var tally = RotationTally.Count(task.Occurrences, at);
            if (skipEvery > 0 && times % skipEvery == 0) task.Skip(new(project.Board(), Place, tally), by);
            else task.Complete(new(project.Board(), Place, tally), by);
            Keep(task);
        }
    }

    /// <summary>The counters of the project, as the database would have counted.</summary>
    public void Conclude() => project.Counted(_seq, _tasks.Count + 1);

    private void Tick(TaskItem task, DemoCard card)
    {
        if (card.Check.Length == 0) return;
        Step(task, By(card.By, card.Made, 10.5), by =>
        {
            foreach (var line in card.Check) task.AddItem(line.TrimStart('+'), by);
        });
        var doer = card.Who.FirstOrDefault() ?? card.By;
        foreach (var item in task.Checklist.Where((_, i) => card.Check[i][0] == '+').ToList())
            Step(task, By(doer, Math.Max(card.Done, card.Made / 2), 15), by =>
            {
                task.ChangeItem(item.Id, null, true, by);
                task.RollUp(Progress.None, by);
            });
    }

    private void Move(TaskItem task, DemoCard card, Column column)
    {
        if (task.ColumnId == column.Id) return;
        var doer = card.Who.FirstOrDefault() ?? card.By;
        Step(task, By(doer, column.IsOpen ? card.Made / 2 : card.Done, 16), by => task.MoveTo(column.Id, new(project.Board(), Place), by));
    }

    private void Step(TaskItem task, Change by, Action<Change> change)
    {
        change(by);
        Keep(task);
    }

    private void Keep(TaskItem task) => History.AddRange(task.Stamp(++_seq));

    private TaskItem Find(string title) => _tasks.Find(t => t.Title == title) ?? throw new InvalidOperationException($"The demo has no “{title}”.");

    private Column Column(string name) => project.Columns.Find(c => c.Name == name) ?? throw new InvalidOperationException($"The demo has no column “{name}”.");

    /// <summary>Nobody did anything later than now.</summary>
    private Change By(string handle, int daysAgo, double hour)
    {
        var at = new DateTimeOffset(now.Date, TimeSpan.Zero).AddDays(-daysAgo).AddHours(hour - 1).AddMinutes(_tasks.Count * 7 % 50);
        return new(people[handle], "web", at > now ? now.AddMinutes(-30) : at, $"demo-{_tasks.Count}-{_seq}");
    }

    private When? DueOf(DemoCard card)
    {
        if (card.Due is not { } days) return null;
        var day = Instant.FromDateTimeOffset(now).InZone(Place).Date.PlusDays(days);
        return card.At is { } time ? When.Zoned(day + LocalTimePattern.CreateWithInvariantCulture("HH:mm").Parse(time).Value, Zone) : When.Date(day);
    }
}
