using Atrium.Kernel;
using NodaTime;

namespace Atrium.Tasks.Tests;

public sealed class CompletingTests
{
    private readonly Scene _scene = new();

    [Fact]
    public void Completing_stamps_who_and_when_and_fills_the_percentage()
    {
        var task = _scene.Task();
        var revision = task.Revision;
        task.Complete(_scene.Here, _scene.By(_scene.Ben));

        Assert.Equal(Category.Done, task.Category);
        Assert.Equal((_scene.Now, _scene.Ben, 100), (task.CompletedAt!.Value, task.CompletedBy!.Value, task.Percent));
        Assert.Equal(revision + 1, task.Revision);
        Assert.Equal(["column", "percent"], task.News.Select(a => a.Field));
        Assert.All(task.News, a => Assert.Equal(task.Revision, a.Revision));
    }

    [Fact]
    public void Completing_twice_is_completing_once()
    {
        var task = _scene.Task();
        task.Complete(_scene.Here, _scene.By());
        var revision = task.Revision;
        task.Complete(_scene.Here, _scene.By(_scene.Ben));
        Assert.Equal((revision, _scene.Ada), (task.Revision, task.CompletedBy!.Value));
    }

    [Fact]
    public void Reopening_clears_completion_and_a_full_percentage()
    {
        var task = _scene.Task();
        task.Complete(_scene.Here, _scene.By());
        task.Reopen(_scene.Here, _scene.By());
        Assert.Equal((Category.Todo, 0), (task.Category, task.Percent));
        Assert.Null(task.CompletedAt);
        Assert.Null(task.CompletedBy);
    }

    [Fact]
    public void A_half_done_task_keeps_its_percentage_between_open_columns()
    {
        var task = _scene.Task();
        task.SetPercent(40, _scene.By());
        task.MoveTo(_scene.Project.Board().Demand(Category.Doing).Id, _scene.Here, _scene.By());
        Assert.Equal((Category.Doing, 40), (task.Category, task.Percent));
    }

    [Fact]
    public void A_series_goes_on_in_the_same_task()
    {
        var task = _scene.Task(due: "2026-11-23T18:00:00[Europe/Berlin]", rule: "FREQ=WEEKLY;COUNT=3");
        var item = task.AddItem("Fill the can", _scene.By(), done: true);
        task.MoveTo(_scene.Project.Board().Demand(Category.Doing).Id, _scene.Here, _scene.By());

        var outcome = task.Complete(_scene.Here, _scene.By(_scene.Ben));

        Assert.True(outcome.Advanced);
        Assert.Equal("2026-11-23T18:00:00[Europe/Berlin]", outcome.Occurrence!.RecurrenceId);
        Assert.Equal((OccurrenceOutcome.Done, _scene.Ben), (outcome.Occurrence.Outcome, outcome.Occurrence.By!.Value));
        Assert.Equal("2026-11-30T18:00:00[Europe/Berlin]", task.Due!.ToString());
        Assert.Equal(task.Due, task.NextDue);
        Assert.Equal("FREQ=WEEKLY;COUNT=2", task.Recurrence!.Rrule);
        Assert.Equal((Category.Todo, 0, false), (task.Category, task.Percent, item.Done));
        Assert.Null(task.CompletedAt);
    }

    [Fact]
    public void The_last_instance_finishes_the_task()
    {
        var task = _scene.Task(due: "2026-11-23", rule: "FREQ=WEEKLY;COUNT=2");
        Assert.True(task.Complete(_scene.Here, _scene.By()).Advanced);
        var last = task.Complete(_scene.Here, _scene.By());
        Assert.False(last.Advanced);
        Assert.NotNull(last.Occurrence);
        Assert.Equal(Category.Done, task.Category);
        Assert.Equal(["2026-11-23", "2026-11-30"], task.Occurrences.Select(o => o.RecurrenceId));
    }

    [Fact]
    public void Until_ends_a_series_too()
    {
        var task = _scene.Task(due: "2026-11-23", rule: "FREQ=DAILY;UNTIL=20261124");
        Assert.True(task.Complete(_scene.Here, _scene.By()).Advanced);
        _scene.Now = Scene.At("2026-11-24T08:00:00Z");
        Assert.False(task.Complete(_scene.Here, _scene.By()).Advanced);
    }

    [Theory]
    [InlineData("2026-11-02", "FREQ=WEEKLY", "2026-11-30")]
    [InlineData("2026-12-20", "FREQ=DAILY", "2026-12-21")]
    [InlineData("2026-11-22T18:00:00[Europe/Berlin]", "FREQ=DAILY", "2026-11-23T18:00:00[Europe/Berlin]")]
    [InlineData("2026-11-22T09:00:00[Europe/Berlin]", "FREQ=DAILY", "2026-11-24T09:00:00[Europe/Berlin]")]
    [InlineData("2026-10-01", "FREQ=DAILY;COUNT=3", "2026-11-24")]
    public void Missed_dates_never_pile_up(string due, string rule, string next)
    {
        var task = _scene.Task(due: due, rule: rule);
        task.Complete(_scene.Here, _scene.By());
        Assert.Equal(next, task.Due!.ToString());
    }

    [Theory]
    [InlineData("2026-10-01", "FREQ=DAILY;INTERVAL=3", "2026-11-26")]
    [InlineData("2026-12-01", "FREQ=DAILY;INTERVAL=3", "2026-11-26")]
    [InlineData("2026-11-20T07:15:00[Europe/Berlin]", "FREQ=WEEKLY;INTERVAL=2", "2026-12-07T07:15:00[Europe/Berlin]")]
    [InlineData("2026-11-20", "FREQ=WEEKLY;BYDAY=WE", "2026-11-25")]
    [InlineData("2026-11-20", "FREQ=MONTHLY", "2026-12-23")]
    public void From_completion_counts_from_the_day_it_was_done(string due, string rule, string next)
    {
        var task = _scene.Task(due: due, rule: rule, mode: RecurrenceMode.FromCompletion);
        task.Complete(_scene.Here, _scene.By());
        Assert.Equal(next, task.Due!.ToString());
    }

    [Fact]
    public void From_completion_in_a_short_month_uses_its_last_day()
    {
        _scene.Now = Scene.At("2027-01-31T12:00:00Z");
        var task = _scene.Task(due: "2027-01-15", rule: "FREQ=MONTHLY", mode: RecurrenceMode.FromCompletion);
        task.Complete(_scene.Here, _scene.By());
        Assert.Equal("2027-02-28", task.Due!.ToString());
    }

    [Fact]
    public void The_day_it_was_done_is_that_of_the_tasks_zone()
    {
        _scene.Now = Scene.At("2026-11-23T23:30:00Z");
        var task = _scene.Task(due: "2026-11-20", rule: "FREQ=DAILY", mode: RecurrenceMode.FromCompletion);
        task.Complete(_scene.Here, _scene.By());
        Assert.Equal("2026-11-25", task.Due!.ToString());
    }

    [Fact]
    public void Start_keeps_its_distance_across_daylight_saving()
    {
        _scene.Now = Scene.At("2026-03-22T06:00:00Z");
        var task = _scene.Task();
        task.Schedule(When.Parse("2026-03-21T08:00:00[Europe/Berlin]"), When.Parse("2026-03-22T20:00:00[Europe/Berlin]"), _scene.By());
        task.Repeat(Rrule.Parse("FREQ=WEEKLY"), RecurrenceMode.FromDue, _scene.By());
        task.Complete(_scene.Here, _scene.By());
        Assert.Equal(("2026-03-28T08:00:00[Europe/Berlin]", "2026-03-29T20:00:00[Europe/Berlin]"), (task.Start!.ToString(), task.Due!.ToString()));
    }

    [Fact]
    public void Undo_restores_exactly_what_was_there()
    {
        var task = _scene.Task(due: "2026-11-23", rule: "FREQ=WEEKLY;COUNT=5");
        task.Rotate(new([_scene.Ada, _scene.Ben], RotationStrategy.RoundRobin), _scene.By());
        var item = task.AddItem("Fill the can", _scene.By(), done: true);
        var reminder = task.RemindAt(Scene.At("2026-11-23T06:00:00Z"), _scene.By());
        task.SetPercent(30, _scene.By());
        task.MoveTo(_scene.Project.Board().Demand(Category.Doing).Id, _scene.Here, _scene.By());

        task.Complete(_scene.Here, _scene.By());
        Assert.Equal(_scene.Ben, Assert.Single(task.Assignees).MemberId);
        Assert.Equal(Scene.At("2026-11-30T06:00:00Z"), reminder.At);
        task.Reopen(_scene.Here, _scene.By());

        Assert.Equal(("2026-11-23", "FREQ=WEEKLY;COUNT=5", Category.Doing, 30, true), (task.Due!.ToString(), task.Recurrence!.Rrule, task.Category, task.Percent, item.Done));
        Assert.Equal(_scene.Ada, Assert.Single(task.Assignees).MemberId);
        Assert.Equal(Scene.At("2026-11-23T06:00:00Z"), reminder.At);
        Assert.Equal(0, task.Recurrence.Rotation!.Cursor);
        Assert.Empty(task.Occurrences);
    }

    [Fact]
    public void Undo_of_the_last_instance_opens_the_task_again()
    {
        var task = _scene.Task(due: "2026-11-23", rule: "FREQ=WEEKLY;COUNT=1");
        task.Complete(_scene.Here, _scene.By());
        task.MoveTo(_scene.Todo.Id, _scene.Here, _scene.By());
        Assert.Equal((Category.Todo, 0, 0), (task.Category, task.Occurrences.Count, task.Percent));
        Assert.True(task.IsOpen);
    }

    [Fact]
    public void Skipping_goes_on_without_having_done_it()
    {
        var task = _scene.Task(due: "2026-11-23", rule: "FREQ=WEEKLY");
        var outcome = task.Skip(_scene.Here, _scene.By());
        Assert.Equal((OccurrenceOutcome.Cancelled, "2026-11-30"), (outcome.Occurrence!.Outcome, task.Due!.ToString()));
        Assert.Equal("not_recurring", Scene.Code(() => _scene.Task().Skip(_scene.Here, _scene.By())));
    }

    [Fact]
    public void Cancelling_ends_a_series()
    {
        _scene.Project.AddColumn("Dropped", Category.Cancelled);
        var task = _scene.Task(due: "2026-11-23", rule: "FREQ=WEEKLY");
        task.Cancel(_scene.Here, _scene.By());
        Assert.Equal((Category.Cancelled, "2026-11-23"), (task.Category, task.Due!.ToString()));
        Assert.Null(task.CompletedAt);
        task.Reopen(_scene.Here, _scene.By());
        Assert.True(task.IsOpen);
    }

    [Fact]
    public void An_extra_date_does_not_shift_the_rule()
    {
        var task = _scene.Task(due: "2026-11-23");
        task.Repeat(Rrule.Parse("FREQ=WEEKLY;COUNT=3"), RecurrenceMode.FromDue, _scene.By(), [When.Parse("2026-11-26")], [When.Parse("2026-11-30")]);
        task.Complete(_scene.Here, _scene.By());
        Assert.Equal(("2026-11-26", "FREQ=WEEKLY;COUNT=3"), (task.Due!.ToString(), task.Recurrence!.Rrule));
        task.Complete(_scene.Here, _scene.By());
        Assert.Equal(("2026-12-07", "FREQ=WEEKLY;COUNT=2"), (task.Due!.ToString(), task.Recurrence!.Rrule));
    }

    [Fact]
    public void The_form_shows_the_next_five_dates()
    {
        var task = _scene.Task(due: "2026-01-31", rule: "FREQ=MONTHLY");
        Assert.Equal(["2026-01-31", "2026-03-31", "2026-05-31", "2026-07-31", "2026-08-31"], task.NextDates(5).Select(d => d.ToString()));
        Assert.Equal(2, _scene.Task(due: "2026-01-31", rule: "FREQ=DAILY;COUNT=2").NextDates(5).Count);
    }

    [Fact]
    public void A_phone_that_moved_on_by_itself_leaves_an_occurrence()
    {
        var task = _scene.Task(due: "2026-11-23", rule: "FREQ=WEEKLY");
        var occurrence = task.AdvancedElsewhere(null, When.Parse("2026-12-07"), _scene.By());
        Assert.Equal((OccurrenceOutcome.Advanced, "2026-11-23", "2026-12-07"), (occurrence.Outcome, occurrence.RecurrenceId, task.NextDue!.ToString()));
    }

    [Fact]
    public void An_override_done_leaves_the_master_and_moves_the_next_due()
    {
        var task = _scene.Task(due: "2026-11-23", rule: "FREQ=WEEKLY");
        task.OverrideDone(When.Parse("2026-11-23"), _scene.By());
        Assert.Equal(("2026-11-23", "2026-11-30", RecurrenceStyle.Overrides), (task.Due!.ToString(), task.NextDue!.ToString(), task.Recurrence!.Style));
        task.OverrideDone(When.Parse("2026-11-23"), _scene.By());
        Assert.Single(task.Occurrences);
    }

    [Fact]
    public void Repeating_needs_a_date_and_a_rule_that_comes()
    {
        Assert.Equal("bad_rrule", Scene.Code(() => _scene.Task(rule: "FREQ=DAILY")));
        Assert.Equal("bad_rrule", Scene.Code(() => _scene.Task(due: "2026-11-23", rule: "FREQ=YEARLY;BYMONTH=2;BYMONTHDAY=30")));
        Assert.Equal("bad_rrule", Scene.Code(() => _scene.Task(due: "2026-11-23", rule: "FREQ=HOURLY")));
        var task = _scene.Task(due: "2026-11-23", rule: "FREQ=DAILY");
        Assert.Equal("bad_rrule", Scene.Code(() => task.Schedule(null, null, _scene.By())));
    }

    [Fact]
    public void Nothing_an_entity_does_leaves_a_second_revision_in_one_change()
    {
        var task = _scene.Task(due: "2026-11-23", rule: "FREQ=WEEKLY");
        var revision = task.Revision;
        var by = _scene.By();
        task.Rename("Water all beds", by);
        task.Describe("Twice.", by);
        task.Complete(_scene.Here, by);
        Assert.Equal(revision + 1, task.Revision);
        var lines = task.Stamp(77);
        Assert.All(lines, l => Assert.Equal(77, l.Seq));
        Assert.Empty(task.News);
    }
}
