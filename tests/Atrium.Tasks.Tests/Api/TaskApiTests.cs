using System.Net;
using System.Text.Json;
using Atrium.Testing;
using Xunit;

namespace Atrium.Tasks.Tests;

public class TaskApiTests(TasksHouse house)
{
    [Fact]
    public async Task A_task_is_made_read_by_key_edited_and_found()
    {
        using var ada = await house.PersonAsync("ada");
        var club = await ada.ProjectAsync("Summer club");
        Assert.Equal(3, club.Columns.Count);
        Assert.Equal(ProjectRole.Admin, club.Role);
        var task = await ada.TaskAsync(club, "Order tents", new
        {
            title = "Order tents", description = "Ask **Ben**", priority = 2, due = "2026-12-24", labels = new[] { "garden" }, assignees = new[] { ada.Handle },
        });
        Assert.Equal($"{club.Key}-1", task.Key);
        Assert.Contains("<strong>Ben</strong>", task.DescriptionHtml);
        Assert.Equal("garden", Assert.Single(task.Labels).Name);
        Assert.Equal(ada.Id, Assert.Single(task.Assignees).Id);

        var byKey = await ada.GetAsync($"/api/tasks/by-key/{task.Key!.ToLowerInvariant()}");
        Assert.True(byKey.Status is HttpStatusCode.PermanentRedirect or HttpStatusCode.OK, byKey.Body);

        var edited = (await ada.PatchAsync($"/api/tasks/tasks/{task.Id}", new { title = "Order three tents", due = (string?)null })).Ok().As<TaskView>();
        Assert.Equal("Order three tents", edited.Title);
        Assert.Null(edited.Due);
        Assert.Equal(task.Revision + 1, edited.Revision);

        var found = (await ada.GetAsync($"/api/tasks/projects/{club.Id}/tasks?filter={Uri.EscapeDataString("label:garden and assignee:me and priority<=2 tents")}")).Ok();
        Assert.Single(found.Json.GetProperty("items").EnumerateArray());
        Assert.InRange(found.Statements, 1, 4);
        var history = (await ada.GetAsync($"/api/tasks/tasks/{task.Id}/history")).Ok();
        Assert.Contains(history.Json.GetProperty("items").EnumerateArray(), l => l.GetProperty("field").GetString() == "title" && l.GetProperty("old").GetString() == "Order tents");
    }

    [Fact]
    public async Task History_calls_things_by_their_names_and_tells_nobody_what_they_may_not_see()
    {
        using var ada = await house.PersonAsync("ada");
        using var ben = await house.PersonAsync("ben");
        var club = await ada.ProjectAsync();
        (await ada.PutAsync($"/api/tasks/projects/{club.Id}/members/member:{ben.Id}", new { role = "reader" })).Ok();
        var task = await ada.TaskAsync(club, "Tents", new { title = "Tents", labels = new[] { "garden" }, assignees = new[] { ben.Id.ToString() }, due = "2027-03-01", recurrence = new { rrule = "FREQ=WEEKLY;BYDAY=MO" } });
        var own = await ada.TaskAsync(await ada.ProjectAsync(), "Cake for Ben");
        (await ada.PutAsync($"/api/tasks/tasks/{task.Id}/relations/blocked_by/{own.Id}", new { })).Ok();
        var doing = club.Columns.First(c => c.Category == Category.Doing);
        (await ada.PostAsync($"/api/tasks/tasks/{task.Id}/move", new { column = doing.Id })).Ok();

        async Task<Dictionary<string, string?>> ToldAsync(Person who) => (await who.GetAsync($"/api/tasks/tasks/{task.Id}/history")).Ok().Json.GetProperty("items").EnumerateArray()
            .ToDictionary(l => l.GetProperty("field").GetString()!, l => l.GetProperty("new_text").GetString());
        var (adas, bens) = (await ToldAsync(ada), await ToldAsync(ben));
        Assert.Equal(("garden", "Ben", doing.Name, "blocked by “Cake for Ben”"), (adas["labels"], adas["assignees"], adas["column"], adas["relations"]));
        Assert.Equal("blocked by another task", bens["relations"]);

        var page = (await ben.PageAsync($"/tasks/t/{task.Key}")).Ok().Body;
        Assert.Contains("gave it to <ins>Ben</ins>", page, StringComparison.Ordinal);
        Assert.Contains("made it due <ins>Mon 1 Mar 2027</ins>", page, StringComparison.Ordinal);
        Assert.Contains("changed how it repeats <ins>Every week on Monday</ins>", page, StringComparison.Ordinal);
        Assert.DoesNotContain("Cake", page, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_stale_If_Match_is_refused_with_the_task_as_it_is()
    {
        using var ada = await house.PersonAsync("ada");
        var task = await ada.TaskAsync(await ada.ProjectAsync(), "One");
        (await ada.PatchAsync($"/api/tasks/tasks/{task.Id}", new { title = "Two" }, ("If-Match", "\"1\""))).Ok();
        var stale = (await ada.PatchAsync($"/api/tasks/tasks/{task.Id}", new { title = "Three" }, ("If-Match", "\"1\""))).Refuses(HttpStatusCode.PreconditionFailed, "stale_revision");
        Assert.Equal("Two", stale.Json.GetProperty("current").GetProperty("title").GetString());
        Assert.Equal("title", stale.Json.GetProperty("changed_fields")[0].GetString());
    }

    [Fact]
    public async Task Edits_from_one_base_merge_by_field_and_conflict_on_the_same()
    {
        using var ada = await house.PersonAsync("ada");
        var task = await ada.TaskAsync(await ada.ProjectAsync(), "One", new { title = "One", description = "a\nb\nc\nd\ne" });
        var path = $"/api/tasks/tasks/{task.Id}";
        (await ada.PatchAsync(path, new { title = "Mine", description = "A\nb\nc\nd\ne", @base = task.Revision })).Ok();
        var merged = (await ada.PatchAsync(path, new { priority = 3, description = "a\nb\nc\nd\nE", @base = task.Revision })).Ok().As<TaskView>();
        Assert.Equal(("Mine", 3, "A\nb\nc\nd\nE"), (merged.Title, merged.Priority, merged.Description));
        var conflict = (await ada.PatchAsync(path, new { title = "Theirs", @base = task.Revision })).Refuses(HttpStatusCode.Conflict, "edit_conflict");
        var one = conflict.Json.GetProperty("conflicts")[0];
        Assert.Equal(("title", "One", "Theirs", "Mine"), (one.GetProperty("field").GetString(), one.GetProperty("base").GetString(), one.GetProperty("yours").GetString(), one.GetProperty("theirs").GetString()));
    }

    [Fact]
    public async Task A_series_goes_on_when_completed_and_comes_back_when_reopened()
    {
        using var ada = await house.PersonAsync("ada");
        var club = await ada.ProjectAsync();
        var task = await ada.TaskAsync(club, "Water", new { title = "Water", due = "2030-01-07", recurrence = new { rrule = "FREQ=WEEKLY;COUNT=3" } });
        Assert.Equal(3, task.NextDates.Count);
        var done = (await ada.PostAsync($"/api/tasks/tasks/{task.Id}/complete")).Ok().As<TaskCompleted>();
        Assert.True(done.Advanced);
        Assert.Equal("2030-01-14", done.Task.Due!.ToString());
        Assert.Equal(Category.Todo, done.Task.Column.Category);
        Assert.NotNull(done.Occurrence);
        var list = (await ada.GetAsync($"/api/tasks/tasks/{task.Id}/occurrences")).Ok();
        Assert.Single(list.Json.GetProperty("items").EnumerateArray());
        var back = (await ada.PostAsync($"/api/tasks/tasks/{task.Id}/reopen")).Ok().As<TaskCompleted>();
        Assert.Equal("2030-01-07", back.Task.Due!.ToString());
        (await ada.PatchAsync($"/api/tasks/tasks/{task.Id}", new { recurrence = new { rrule = "FREQ=DAILY" } })).Ok();
        (await ada.PatchAsync($"/api/tasks/tasks/{task.Id}", new { recurrence = (object?)null })).Ok();
        (await ada.PostAsync($"/api/tasks/tasks/{task.Id}/skip")).Refuses(HttpStatusCode.Conflict, "not_recurring");
    }

    [Fact]
    public async Task Moving_orders_the_board_and_another_project_keeps_the_old_key()
    {
        using var ada = await house.PersonAsync("ada");
        var (club, fete) = (await ada.ProjectAsync(), await ada.ProjectAsync("Fete"));
        var (a, b, c) = (await ada.TaskAsync(club, "A"), await ada.TaskAsync(club, "B"), await ada.TaskAsync(club, "C"));
        var child = await ada.TaskAsync(club, "Child", new { title = "Child", parent = a.Id, labels = new[] { "red" } });
        var moved = (await ada.PostAsync($"/api/tasks/tasks/{c.Id}/move", new { before = a.Id, column = club.Column(Category.Doing) })).Ok();
        // To another column and another place at once, under the lock of the project's row.
        Assert.InRange(moved.Statements, 1, 6);
        var board = (await ada.GetAsync($"/api/tasks/projects/{club.Id}/board")).Ok();
        Assert.InRange(board.Statements, 1, 5);
        var view = board.As<BoardView>();
        Assert.Equal(["A", "B", "Child"], view.Columns[0].Cards.Select(x => x.Title));
        Assert.Equal(["C"], view.Columns[1].Cards.Select(x => x.Title));
        var list = (await ada.GetAsync($"/api/tasks/projects/{club.Id}/tasks?limit=2")).Ok();
        Assert.Equal(["C", "A"], list.Json.GetProperty("items").EnumerateArray().Select(t => t.GetProperty("title").GetString()!));
        var rest = (await ada.GetAsync($"/api/tasks/projects/{club.Id}/tasks?limit=2&cursor={list["next"]}")).Ok();
        Assert.Equal(["B", "Child"], rest.Json.GetProperty("items").EnumerateArray().Select(t => t.GetProperty("title").GetString()!));

        var away = (await ada.PostAsync($"/api/tasks/tasks/{a.Id}/move", new { project = fete.Id })).Ok().As<TaskMoved>();
        Assert.Equal($"{fete.Key}-1", away.Key);
        var redirect = await ada.GetAsync($"/api/tasks/by-key/{a.Key}");
        Assert.Equal((HttpStatusCode)308, redirect.Status);
        var moveChild = await ada.ReadAsync(child);
        Assert.Equal((a.Id, $"{fete.Key}-2", "red"), (moveChild.Parent!.Value, moveChild.Key, Assert.Single(moveChild.Labels).Name));
        var changes = (await ada.GetAsync($"/api/tasks/projects/{club.Id}/changes?since={view.Seq}")).Ok().As<ChangesView>();
        Assert.Equal(new[] { a.Id, child.Id }.Order(), changes.Deleted.Order());
        (await ada.GetAsync($"/api/tasks/projects/{club.Id}/changes?since=99999")).Refuses(HttpStatusCode.Gone, "since_expired");
    }

    [Fact]
    public async Task Trash_takes_subtasks_along_and_brings_them_back()
    {
        using var ada = await house.PersonAsync("ada");
        var club = await ada.ProjectAsync();
        var parent = await ada.TaskAsync(club, "Parent");
        var child = await ada.TaskAsync(club, "Child", new { title = "Child", parent = parent.Id });
        (await ada.PostAsync($"/api/tasks/tasks/{child.Id}/complete")).Ok();
        Assert.Equal(100, (await ada.ReadAsync(parent)).Percent);
        (await ada.PatchAsync($"/api/tasks/tasks/{parent.Id}", new { parent = child.Id })).Refuses(HttpStatusCode.UnprocessableEntity, "cycle");
        (await ada.DeleteAsync($"/api/tasks/tasks/{parent.Id}")).Is(HttpStatusCode.NoContent);
        (await ada.GetAsync($"/api/tasks/tasks/{child.Id}")).Refuses(HttpStatusCode.NotFound, "not_found");
        (await ada.PostAsync($"/api/tasks/tasks/{parent.Id}/restore")).Ok();
        Assert.Equal(parent.Id, (await ada.ReadAsync(child)).Parent);
        (await ada.DeleteAsync($"/api/tasks/projects/{club.Id}")).Is(HttpStatusCode.NoContent);
        (await ada.GetAsync($"/api/tasks/tasks/{child.Id}")).Refuses(HttpStatusCode.NotFound, "not_found");
        (await ada.PostAsync($"/api/tasks/projects/{club.Id}/restore")).Ok();
        await ada.ReadAsync(child);
    }

    [Fact]
    public async Task One_line_becomes_a_task_and_a_dry_run_makes_none()
    {
        using var ada = await house.PersonAsync("ada");
        var club = await ada.ProjectAsync();
        var line = $"Water the beds every Mon #garden @{ada.Handle} !high +{club.Key}";
        var dry = (await ada.PostAsync("/api/tasks/quick", new { line, dry_run = true })).Ok();
        Assert.Equal(JsonValueKind.Null, dry.Json.GetProperty("task").ValueKind);
        Assert.Equal(5, dry.Json.GetProperty("chips").GetArrayLength());
        var made = (await ada.PostAsync("/api/tasks/quick", new { line })).Ok().As<QuickAdded>();
        Assert.Equal(("Water the beds", club.Id, "garden"), (made.Task!.Title, made.Task.Project.Id, made.Task.Labels[0].Name));
        Assert.StartsWith("FREQ=WEEKLY", made.Task.Recurrence!.Rrule);
        var own = (await ada.PostAsync("/api/tasks/quick", new { line = "Buy milk" })).Ok().As<QuickAdded>();
        Assert.Null(own.Task!.Key);
        (await ada.PostAsync("/api/tasks/projects/" + club.Id + "/tasks", new { title = "x", due = "2026-01-01", start = "2026-02-01" })).Refuses(HttpStatusCode.UnprocessableEntity, "due_before_start");
        var check = (await ada.PostAsync("/api/tasks/filters/check", new { filter = "status:todo and (due<" })).Ok();
        Assert.False(check.Json.GetProperty("ok").GetBoolean());
        (await ada.GetAsync("/api/tasks/tasks?filter=nonsense:1")).Refuses(HttpStatusCode.UnprocessableEntity, "bad_filter");
    }

    [Fact]
    public async Task Every_filter_and_order_is_a_statement_the_database_takes()
    {
        using var ada = await house.PersonAsync("ada");
        var club = await ada.ProjectAsync("Filters");
        var late = await ada.TaskAsync(club, "Late", new { title = "Late", due = "2020-01-01" });
        await ada.TaskAsync(club, "Soon", new { title = "Soon", due = "2099-01-01T10:00:00[Europe/Berlin]", places = 2, priority = 9 });
        string[] none = ["done:today", "is:recurring", "is:blocked", "status:Nowhere", "parent:X-1", "assignee:@nobody", "label:x", "start:today", "percent>50", $"project:{club.Key} and label:none and created<2020-01-01"];
        string[] both = ["is:watched", "is:unassigned", $"project:{club.Key}", "project:filters", "status:open", "not status:done", "updated:today", "assignee:none", "parent:none", "start:none", "due!=none", ""];
        foreach (var (filter, count) in none.Select(f => (f, 0)).Concat(both.Select(f => (f, 2)))
            .Concat([("is:overdue", 1), ("is:needs-people", 1), ("due<today", 1), ("due>=2099-01-01", 1), ("due:2099-01-01", 1), ("priority>5", 1), ("late or text:nothing", 1), ("assignee:@nobody and late", 0), ("-late", 1)]))
        {
            var answer = (await ada.GetAsync($"/api/tasks/projects/{club.Id}/tasks?filter={Uri.EscapeDataString(filter)}")).Ok();
            Assert.True(count == answer.Json.GetProperty("items").GetArrayLength(), $"{filter}: {answer.Body}");
        }

        foreach (var sort in new[] { "rank", "title", "due", "-due", "priority", "created", "-created", "updated", "-updated" })
        {
            var first = (await ada.GetAsync($"/api/tasks/projects/{club.Id}/tasks?limit=1&sort={sort}")).Ok();
            var second = (await ada.GetAsync($"/api/tasks/projects/{club.Id}/tasks?limit=1&sort={sort}&cursor={first["next"]}")).Ok();
            Assert.NotEqual(first.Json.GetProperty("items")[0].GetProperty("id").GetString(), second.Json.GetProperty("items")[0].GetProperty("id").GetString());
            Assert.Equal(JsonValueKind.Null, second.Json.GetProperty("next").ValueKind);
        }

        Assert.True((await ada.ReadAsync(late)).Overdue);
        var board = (await ada.GetAsync($"/api/tasks/projects/{club.Id}/board?filter=is:overdue")).Ok().As<BoardView>();
        Assert.Equal("Late", Assert.Single(board.Columns.SelectMany(c => c.Cards)).Title);
    }
}
