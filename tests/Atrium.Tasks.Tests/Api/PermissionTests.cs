using System.Net;
using Atrium.Contracts.Accounts;
using Atrium.Kernel;
using Atrium.Testing;
using Microsoft.Extensions.DependencyInjection;
using Xunit;

namespace Atrium.Tasks.Tests;

public class PermissionTests(TasksHouse house)
{
    [Fact]
    public async Task A_stranger_finds_nothing_anywhere()
    {
        using var ada = await house.PersonAsync("ada");
        using var eve = await house.PersonAsync("eve");
        var club = await ada.ProjectAsync("Secret club");
        var task = await ada.TaskAsync(club, "Secret", new { title = "Secret", labels = new[] { "hush" } });
        var label = (await ada.GetAsync($"/api/tasks/projects/{club.Id}")).As<ProjectView>().Labels[0].Id;
        var (p, t) = ($"/api/tasks/projects/{club.Id}", $"/api/tasks/tasks/{task.Id}");
        (HttpMethod Method, string Path, object? Body)[] all =
        [
            (HttpMethod.Get, p, null), (HttpMethod.Patch, p, new { title = "x" }), (HttpMethod.Delete, p, null), (HttpMethod.Post, p + "/archive", null), (HttpMethod.Post, p + "/unarchive", null),
            (HttpMethod.Post, p + "/restore", null), (HttpMethod.Post, p + "/duplicate", new { title = "x" }), (HttpMethod.Get, p + "/members", null),
            (HttpMethod.Put, $"{p}/members/member:{eve.Id}", new { role = "admin" }), (HttpMethod.Delete, $"{p}/members/member:{eve.Id}", null), (HttpMethod.Get, p + "/columns", null),
            (HttpMethod.Post, p + "/columns", new { name = "x", category = "todo" }), (HttpMethod.Patch, $"/api/tasks/columns/{club.Columns[0].Id}", new { name = "x" }), (HttpMethod.Delete, $"/api/tasks/columns/{club.Columns[0].Id}", null),
            (HttpMethod.Get, p + "/labels", null), (HttpMethod.Post, p + "/labels", new { name = "x" }), (HttpMethod.Patch, $"/api/tasks/labels/{label}", new { name = "x" }), (HttpMethod.Delete, $"/api/tasks/labels/{label}", null),
            (HttpMethod.Get, p + "/tasks", null), (HttpMethod.Get, p + "/board", null), (HttpMethod.Get, p + "/changes", null), (HttpMethod.Get, p + "/history", null), (HttpMethod.Post, p + "/tasks", new { title = "x" }),
            (HttpMethod.Put, p + "/watch", new { level = "watch" }), (HttpMethod.Get, t, null), (HttpMethod.Patch, t, new { title = "x" }), (HttpMethod.Delete, t, null), (HttpMethod.Get, $"/api/tasks/by-key/{task.Key}", null),
            (HttpMethod.Post, t + "/move", new { column = club.Columns[1].Id }), (HttpMethod.Post, t + "/complete", null), (HttpMethod.Post, t + "/reopen", null), (HttpMethod.Post, t + "/skip", null),
            (HttpMethod.Post, t + "/duplicate", null), (HttpMethod.Post, t + "/restore", null), (HttpMethod.Get, t + "/history", null), (HttpMethod.Get, t + "/occurrences", null), (HttpMethod.Put, t + "/watch", new { level = "watch" }),
            (HttpMethod.Post, "/api/tasks/quick", new { line = "x", project = club.Id }), (HttpMethod.Post, "/api/tasks/filters", new { name = "x", query = "", shared_with = club.Id }),
        ];
        foreach (var (method, path, body) in all) (await eve.SendAsync(method, path, body, [])).Refuses(HttpStatusCode.NotFound, "not_found");
        Assert.DoesNotContain("Secret", (await eve.GetAsync("/api/tasks/tasks")).Ok().Body);
        Assert.DoesNotContain("Secret", (await eve.GetAsync("/api/tasks/projects")).Ok().Body);
        Assert.Equal("Secret", (await ada.ReadAsync(task)).Title);
        using var nobody = house.Stranger();
        (await nobody.GetAsync(t)).Is(HttpStatusCode.NotFound);
        (await nobody.GetAsync("/api/tasks/tasks")).Is(HttpStatusCode.Unauthorized);
        using var reading = ada.With("tasks:read");
        (await reading.PatchAsync(t, new { title = "x" })).Is(HttpStatusCode.Forbidden);
    }

    [Theory]
    [InlineData(ProjectRole.Reader, 403, 403, 403, 403)]
    [InlineData(ProjectRole.Commenter, 403, 200, 403, 403)]
    [InlineData(ProjectRole.Writer, 200, 200, 200, 403)]
    [InlineData(ProjectRole.Admin, 200, 200, 200, 200)]
    internal async Task Each_role_may_what_the_table_says(ProjectRole role, int edit, int percent, int delete, int run)
    {
        using var ada = await house.PersonAsync("ada");
        using var ben = await house.PersonAsync("ben");
        var club = await ada.ProjectAsync();
        await ada.AddAsync(club, ben, role);
        var mine = await ada.TaskAsync(club, "Mine", new { title = "Mine", assignees = new[] { ben.Id } });
        var other = await ada.TaskAsync(club, "Other");
        await ben.ReadAsync(mine);
        Expect(edit, await ben.PatchAsync($"/api/tasks/tasks/{mine.Id}", new { title = "New" }));
        Expect(percent, await ben.PatchAsync($"/api/tasks/tasks/{mine.Id}", new { percent = 40 }));
        Expect(200, await ben.PostAsync($"/api/tasks/tasks/{mine.Id}/complete"));
        Expect(edit, await ben.PostAsync($"/api/tasks/tasks/{other.Id}/complete"));
        Expect(delete == 200 ? 204 : delete, await ben.DeleteAsync($"/api/tasks/tasks/{other.Id}"));
        Expect(run, await ben.PatchAsync($"/api/tasks/projects/{club.Id}", new { title = "New" }));

        static void Expect(int status, Answer answer) => answer.Is((HttpStatusCode)status);
    }

    [Fact]
    public async Task Groups_inheritance_and_visibility_give_access_and_losing_it_unassigns()
    {
        using var ada = await house.PersonAsync("ada");
        using var ben = await house.PersonAsync("ben");
        using var cleo = await house.PersonAsync("cleo");
        var top = await ada.ProjectAsync("Top");
        var sub = await ada.ProjectAsync("Sub", new { title = "Sub", parent = top.Id });
        (await ada.PostAsync($"/api/tasks/projects/{sub.Id}/tasks", new { title = "x", assignees = new[] { ben.Id } })).Refuses(HttpStatusCode.UnprocessableEntity, "assignee_cannot_read");
        var group = await house.InScopeAsync(s => s.GetRequiredService<IMemberRegistry>().AddGroupAsync("team" + ben.Handle, "Team", [cleo.Id, ben.Id], CancellationToken.None));
        (await ada.PutAsync($"/api/tasks/projects/{top.Id}/members/group:{group}", new { role = "writer" })).Ok();
        var task = await ada.TaskAsync(sub, "Shared", new { title = "Shared", assignees = new[] { ben.Id } });
        (await ben.PatchAsync($"/api/tasks/tasks/{task.Id}", new { title = "By the team" })).Ok();
        Assert.Equal(2, (await ben.GetAsync("/api/tasks/projects")).As<Slice<ProjectItemView>>().Items.Count(p => !p.Personal));

        (await ada.DeleteAsync($"/api/tasks/projects/{top.Id}/members/group:{group}")).Is(HttpStatusCode.NoContent);
        (await ben.GetAsync($"/api/tasks/tasks/{task.Id}")).Is(HttpStatusCode.NotFound);
        for (var i = 0; i < 100 && (await ada.ReadAsync(task)).Assignees.Count > 0; i++) await house.DrainAsync();
        Assert.Empty((await ada.ReadAsync(task)).Assignees);

        (await ada.PatchAsync($"/api/tasks/projects/{top.Id}", new { visibility = "public" })).Ok();
        using var nobody = house.Stranger();
        Assert.Equal("By the team", (await nobody.ReadAsync(task)).Title);
        (await ben.PatchAsync($"/api/tasks/tasks/{task.Id}", new { title = "No" })).Is(HttpStatusCode.Forbidden);
        (await ada.DeleteAsync($"/api/tasks/projects/{top.Id}/members/member:{ada.Id}")).Refuses(HttpStatusCode.Conflict, "last_admin");
        (await ada.PatchAsync($"/api/tasks/projects/{sub.Id}", new { key = top.Key })).Refuses(HttpStatusCode.Conflict, "key_taken");
        (await ada.PostAsync($"/api/tasks/projects/{sub.Id}/archive")).Ok();
        (await ada.PatchAsync($"/api/tasks/tasks/{task.Id}", new { title = "No" })).Refuses(HttpStatusCode.Conflict, "archived");
    }

    [Fact]
    public async Task Columns_and_labels_are_run_by_admins()
    {
        using var ada = await house.PersonAsync("ada");
        var club = await ada.ProjectAsync();
        var task = await ada.TaskAsync(club, "One", new { title = "One", labels = new[] { "red" }, column = club.Column(Category.Doing) });
        (await ada.DeleteAsync($"/api/tasks/columns/{club.Column(Category.Todo)}")).Refuses(HttpStatusCode.Conflict, "last_of_category");
        (await ada.DeleteAsync($"/api/tasks/columns/{club.Column(Category.Doing)}")).Refuses(HttpStatusCode.Conflict, "column_in_use");
        (await ada.DeleteAsync($"/api/tasks/columns/{club.Column(Category.Doing)}?to={club.Column(Category.Todo)}")).Ok();
        Assert.Equal(Category.Todo, (await ada.ReadAsync(task)).Column.Category);
        var more = (await ada.PostAsync($"/api/tasks/projects/{club.Id}/columns", new { name = "Waiting", category = "doing", wip_limit = 3 })).Ok().As<ProjectView>();
        Assert.Equal(3, more.Columns.Single(c => c.Name == "Waiting").WipLimit);
        var before = await ada.ReadAsync(task);
        (await ada.PatchAsync($"/api/tasks/labels/{task.Labels[0].Id}", new { name = "crimson" })).Ok();
        var after = await ada.ReadAsync(task);
        Assert.Equal("crimson", after.Labels[0].Name);
        Assert.True(after.Seq > before.Seq && after.Revision > before.Revision);
        (await ada.DeleteAsync($"/api/tasks/labels/{task.Labels[0].Id}")).Ok();
        Assert.Empty((await ada.ReadAsync(task)).Labels);
        var copy = (await ada.PostAsync($"/api/tasks/projects/{club.Id}/duplicate", new { title = "Copy", key = "Z" + ada.Handle[3..] + "Z" })).Ok().As<ProjectView>();
        Assert.Equal(["To do", "Done", "Waiting"], copy.Columns.Select(c => c.Name));
        (await ada.PostAsync($"/api/tasks/tasks/{task.Id}/duplicate")).Ok();
    }
}
