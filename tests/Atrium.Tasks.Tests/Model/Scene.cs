using System.Globalization;
using Atrium.Kernel;
using NodaTime;

namespace Atrium.Tasks.Tests;

/// <summary>A project with people and a clock, for tests of the model.</summary>
internal sealed class Scene
{
    private long _number;

    public Scene() => Project = new("Allotment club", "CLUB", Ada, At("2026-11-23T10:00:00Z"));

    public Id<Member> Ada { get; } = Id<Member>.New();

    public Id<Member> Ben { get; } = Id<Member>.New();

    public Id<Member> Cleo { get; } = Id<Member>.New();

    public Project Project { get; }

    public DateTimeZone Zone { get; } = Zones.Demand("Europe/Berlin");

    /// <summary>Monday.</summary>
    public DateTimeOffset Now { get; set; } = At("2026-11-23T10:00:00Z");

    public Circumstances Here => new(Project.Board(), Zone);

    public Column Todo => Project.Board().Demand(Category.Todo);

    public Change By(Id<Member>? who = null) => new(who ?? Ada, "web", Now, "test");

    public TaskItem Task(string title = "Water the beds", string? due = null, string? rule = null, RecurrenceMode mode = RecurrenceMode.FromDue)
    {
        var task = new TaskItem(Project.Id, ++_number, title, Todo, Rank.Between(null, null), By());
        if (due is not null) task.Schedule(null, When.Parse(due), By());
        if (rule is not null) task.Repeat(Rrule.Parse(rule), mode, By());
        task.Stamp(_number);
        return task;
    }

    public static DateTimeOffset At(string text) => DateTimeOffset.Parse(text, CultureInfo.InvariantCulture);

    public static string Code(Action act) => Assert.Throws<Refusal>(act).Code;
}
