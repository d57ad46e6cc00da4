using Atrium.Kernel;
using CsCheck;

namespace Atrium.Tasks.Tests;

public sealed class TaskItemTests
{
    private readonly Scene _scene = new();

    [Fact]
    public void Editing_keeps_what_was_and_what_is()
    {
        var task = _scene.Task();
        var by = _scene.By();
        task.Rename("  Water\nthe roses ", by);
        task.Rename("Water the roses twice", by);
        task.Prioritise(4, by);
        task.Prioritise(0, by);
        Assert.Equal([("title", "Water the beds", "Water the roses twice")], task.News.Select(a => (a.Field, a.Old!, a.New!)));
    }

    [Fact]
    public void Limits_are_refused_with_their_code()
    {
        var task = _scene.Task();
        Assert.Equal("required", Scene.Code(() => task.Rename("  ", _scene.By())));
        Assert.Equal("too_long", Scene.Code(() => task.Rename(new('x', 501), _scene.By())));
        Assert.Equal("too_long", Scene.Code(() => task.Describe(new('ü', 40_000), _scene.By())));
        Assert.Equal("due_before_start", Scene.Code(() => task.Schedule(When.Parse("2026-11-24"), When.Parse("2026-11-23"), _scene.By())));
        Assert.Equal("kinds_differ", Scene.Code(() => task.Schedule(When.Parse("2026-11-24"), When.Parse("2026-11-25T10:00:00"), _scene.By())));
        for (var i = 0; i < 50; i++) task.RemindBy(ReminderAnchor.Due, -i, _scene.By());
        Assert.Equal("too_many_items", Scene.Code(() => task.RemindBy(ReminderAnchor.Due, 0, _scene.By())));
        for (var i = 0; i < 200; i++) task.AddItem($"Line {i}", _scene.By());
        Assert.Equal("too_many_items", Scene.Code(() => task.AddItem("One more", _scene.By())));
        Assert.Equal("too_many_items", Scene.Code(() => task.Assign([.. Enumerable.Range(0, 101).Select(_ => Id<Member>.New())], _scene.By())));
    }

    [Fact]
    public void Progress_rolls_up_until_a_person_sets_it()
    {
        var task = _scene.Task();
        task.AddItem("One", _scene.By(), done: true);
        task.AddItem("Two", _scene.By());
        var sub = _scene.Task();
        sub.Complete(_scene.Here, _scene.By());
        var half = _scene.Task();
        half.SetPercent(50, _scene.By());
        task.RollUp(Progress.Of([sub, half]), _scene.By());
        Assert.Equal(62, task.Percent);
        task.SetPercent(10, _scene.By());
        task.RollUp(Progress.Of([sub]), _scene.By());
        Assert.Equal(10, task.Percent);
        Assert.Equal(99, new Progress(1000, 999.9).Percent);
        Assert.Null(Progress.None.Percent);
    }

    [Fact]
    public void Checklist_lines_keep_the_order_they_are_given()
    {
        var task = _scene.Task();
        var first = task.AddItem("First", _scene.By());
        var last = task.AddItem("Last", _scene.By());
        var middle = task.AddItem("Middle", _scene.By(), after: first.Id);
        Assert.Equal([first, middle, last], task.Checklist.OrderBy(i => i.Rank, StringComparer.Ordinal));
        task.MoveItem(last.Id, null, _scene.By());
        Assert.Equal([last, first, middle], task.Checklist.OrderBy(i => i.Rank, StringComparer.Ordinal));
    }

    [Fact]
    public void Three_of_ten_volunteers_for_seven_places_queue_and_move_up_in_order()
    {
        var task = _scene.Task();
        task.NeedPeople(7, _scene.By());
        var people = Enumerable.Range(0, 10).Select(_ => Id<Member>.New()).ToList();
        var taken = people.Select(p => task.TakePlace(p, _scene.By(p))).ToList();
        Assert.Equal([1, 2, 3, 4, 5, 6, 7], taken.Take(7).Select(t => t.Slot!.Value));
        Assert.Equal([1, 2, 3], taken.Skip(7).Select(t => t.QueuePosition!.Value));
        Assert.Equal("already_has_place", Scene.Code(() => task.TakePlace(people[0], _scene.By())));
        Assert.Equal("places_full", Scene.Code(() => task.TakePlace(_scene.Ada, _scene.By(), queue: false)));

        Assert.Equal([people[7]], task.LeavePlace(people[2], _scene.By()));
        Assert.Equal(3, task.PlaceRows.Single(p => p.MemberId == people[7]).SlotNo);
        Assert.Empty(task.LeavePlace(people[9], _scene.By()));
        Assert.Equal([people[8]], task.NeedPeople(8, _scene.By()));
        Assert.Equal("places_taken", Scene.Code(() => task.NeedPeople(3, _scene.By())));
    }

    [Fact]
    public void However_people_come_and_go_places_are_never_oversold() => Gen.Select(Gen.Int[1, 6], Gen.Select(Gen.Int[0, 9], Gen.Bool).List[0, 60]).Sample(
        (places, acts) =>
        {
            var people = Enumerable.Range(1, 10).Select(i => new Id<Member>(i)).ToList();
            var task = _scene.Task();
            task.NeedPeople(places, _scene.By());
            foreach (var (who, joins) in acts)
            {
                var present = task.PlaceRows.Exists(p => p.MemberId == people[who]);
                if (joins && !present) task.TakePlace(people[who], _scene.By());
                else if (!joins && present) task.LeavePlace(people[who], _scene.By());
                var slots = task.PlaceRows.Where(p => p.SlotNo is not null).Select(p => p.SlotNo!.Value).ToList();
                Assert.Equal(slots.Count, slots.Distinct().Count());
                Assert.All(slots, s => Assert.InRange(s, 1, places));
                Assert.True(slots.Count == places || task.Queue.Count == 0);
            }
        },
        iter: 300);

    [Fact]
    public void Who_loses_access_is_let_go_everywhere()
    {
        var task = _scene.Task(due: "2026-11-23", rule: "FREQ=WEEKLY");
        task.Rotate(new([_scene.Ada, _scene.Ben, _scene.Cleo], RotationStrategy.RoundRobin), _scene.By());
        task.NeedPeople(1, _scene.By());
        task.TakePlace(_scene.Ada, _scene.By());
        task.TakePlace(_scene.Ben, _scene.By());
        Assert.Equal([_scene.Ben], task.LetGo(_scene.Ada, _scene.By()));
        Assert.Equal([_scene.Ben, _scene.Cleo], task.Recurrence!.Rotation!.Members);
        Assert.False(task.IsAssigned(_scene.Ada));
        task.LetGo(_scene.Ben, _scene.By());
        Assert.Null(task.Recurrence.Rotation);
    }

    [Fact]
    public void Reminders_follow_what_they_hang_on()
    {
        var task = _scene.Task(due: "2026-11-24");
        var reminder = task.RemindBy(ReminderAnchor.Due, -3600, _scene.By());
        var due = reminder.DueFor(task, _scene.Zone)!;
        Assert.Equal(Scene.At("2026-11-24T07:00:00Z"), due.At);
        task.Schedule(null, When.Parse("2026-11-24T18:00:00[Europe/Berlin]"), _scene.By());
        var later = reminder.DueFor(task, _scene.Zone)!;
        Assert.Equal(Scene.At("2026-11-24T16:00:00Z"), later.At);
        Assert.NotEqual(due.Fingerprint, later.Fingerprint);
        task.Complete(_scene.Here, _scene.By());
        Assert.Null(reminder.DueFor(task, _scene.Zone));
        task.Reopen(_scene.Here, _scene.By());
        Assert.Equal(later.Fingerprint, reminder.DueFor(task, _scene.Zone)!.Fingerprint);
        task.Acknowledge(reminder.Id, _scene.By());
        Assert.Null(reminder.DueFor(task, _scene.Zone));
    }

    [Fact]
    public void A_moved_task_leaves_its_old_number_behind()
    {
        var task = _scene.Task();
        var other = new Project("Kitchen", "KIT", _scene.Ada, _scene.Now);
        var alias = task.MoveToProject(_scene.Project, other, 9, other.Board().Demand(Category.Todo), "V", _scene.By());
        Assert.Equal(("CLUB", 1L, task.Id), (alias.Key, alias.Number, alias.TaskId));
        Assert.Equal((other.Id, 9L), (task.ProjectId, task.Number));
        Assert.Equal(("project", "CLUB-1", "KIT-9"), task.News.Select(a => (a.Field, a.Old!, a.New!)).Single());
    }

    [Fact]
    public void Trees_have_no_rings_and_no_great_depth()
    {
        var (task, parent) = (_scene.Task(), _scene.Task());
        Assert.Equal("cycle", Scene.Code(() => task.Nest(parent, [parent.Id, task.Id], 0, _scene.By())));
        Assert.Equal("depth", Scene.Code(() => task.Nest(parent, [.. Enumerable.Range(0, 19).Select(_ => Id<TaskItem>.New())], 1, _scene.By())));
        task.Nest(parent, [parent.Id], 0, _scene.By());
        Assert.Equal(parent.Id, task.ParentId);
        Assert.Equal("cycle", Scene.Code(() => Tree.DemandNoRing(task.Id, parent.Id, new HashSet<Id<TaskItem>> { task.Id })));
        Assert.Equal(task.Id, Relation.Named("blocked_by", parent.Id, task.Id).From);
        Assert.Equal("blocked_by", Relation.Named("blocked_by", parent.Id, task.Id).NameFrom(parent.Id));
    }

    [Fact]
    public void What_one_deletion_took_only_that_brings_back()
    {
        var task = _scene.Task();
        var deletion = Id<Deletion>.New();
        task.Trash(deletion, _scene.By());
        Assert.True(task.IsDeleted);
        Assert.Equal("not_deleted", Scene.Code(() => task.Restore(Id<Deletion>.New(), _scene.By())));
        task.Restore(deletion, _scene.By());
        Assert.False(task.IsDeleted);
    }

    [Fact]
    public void Columns_keep_one_of_todo_and_one_of_done()
    {
        var project = _scene.Project;
        var (todo, done) = (project.Board().Demand(Category.Todo), project.Board().Demand(Category.Done));
        Assert.Equal("last_of_category", Scene.Code(() => project.RemoveColumn(todo.Id, done.Id, isEmpty: true)));
        var second = project.AddColumn("Later", Category.Todo, after: todo.Id);
        Assert.Equal("column_in_use", Scene.Code(() => project.RemoveColumn(todo.Id, null, isEmpty: false)));
        project.RemoveColumn(todo.Id, second.Id, isEmpty: false);
        Assert.True(second.IsDefault);
        Assert.Equal("Later", project.Columns.OrderBy(c => c.Rank, StringComparer.Ordinal).First().Name);
        Assert.Equal("bad_key", Scene.Code(() => project.SetKey("1A")));
    }

    [Fact]
    public void The_highest_role_wins_and_the_last_admin_stays()
    {
        var (parent, child) = (_scene.Project, new Project("Fête", "FETE", _scene.Ada, _scene.Now));
        var group = Principal.Of(Id<Group>.New());
        parent.SetMember(group, ProjectRole.Writer);
        child.SetMember(Principal.Of(_scene.Ben), ProjectRole.Reader);
        Assert.Equal(ProjectRole.Writer, Project.RoleIn([child, parent], new HashSet<string> { Principal.Of(_scene.Ben), group }, true));
        Assert.Equal(ProjectRole.Reader, Project.RoleIn([child, parent], new HashSet<string> { Principal.Of(_scene.Ben) }, true));
        Assert.Null(Project.RoleIn([child, parent], new HashSet<string> { Principal.Of(_scene.Cleo) }, true));
        child.Show(Visibility.Members, Audience.Members);
        Assert.Equal(ProjectRole.Reader, Project.RoleIn([child, parent], new HashSet<string> { Principal.Of(_scene.Cleo) }, true));
        Assert.Null(Project.RoleIn([child, parent], new HashSet<string>(), false));
        Assert.Equal("last_admin", Scene.Code(() => parent.RemoveMember(Principal.Of(_scene.Ada))));
        Assert.Equal("last_admin", Scene.Code(() => parent.SetMember(Principal.Of(_scene.Ada), ProjectRole.Writer)));
    }

    [Fact]
    public void Who_is_to_do_it_may_say_how_far_it_is_and_no_more()
    {
        Rights.DemandEdit(ProjectRole.Writer, false, [Field.Title]);
        Rights.DemandEdit(ProjectRole.Commenter, true, [Field.Column, Field.Percent, Field.Checklist]);
        Rights.DemandEdit(ProjectRole.Reader, true, [Field.Column]);
        Assert.Equal("role_too_low", Scene.Code(() => Rights.DemandEdit(ProjectRole.Reader, true, [Field.Percent])));
        Assert.Equal("role_too_low", Scene.Code(() => Rights.DemandEdit(ProjectRole.Commenter, true, [Field.Title])));
        Assert.Equal("role_too_low", Scene.Code(() => Rights.DemandEdit(ProjectRole.Commenter, false, [Field.Column])));
        Assert.Equal("not_found", Scene.Code(() => Rights.DemandEdit(null, true, [Field.Column])));
    }
}
