using System.Net;
using Atrium.Contracts.Home;
using Atrium.Kernel;
using Atrium.Kernel.Data;
using Atrium.Kernel.Files;
using Atrium.Tasks.Tests.CalDav;
using Atrium.Testing;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;

namespace Atrium.Tasks.Tests;

/// <summary>Projects that more than their members see: guests, moderators, files, and what is forgotten.</summary>
public sealed class OpenProjectTests(QuietHouse house)
{
    [Fact]
    public async Task What_all_members_may_read_is_not_a_guests_and_a_guest_cannot_be_assigned_there()
    {
        var (ada, ben, guest) = (await house.PersonAsync("ada"), await house.PersonAsync("ben"), await house.PersonAsync("guest", Role.Guest));
        var club = await ada.ProjectAsync("Open", new { title = "Open", visibility = "members" });
        var task = await ada.TaskAsync(club, "x");
        (await ben.GetAsync($"/api/tasks/tasks/{task.Id}")).Ok();
        (await guest.GetAsync($"/api/tasks/tasks/{task.Id}")).Is(HttpStatusCode.NotFound);
        (await ada.PatchAsync($"/api/tasks/tasks/{task.Id}", new { assignees = new[] { ben.Id } })).Ok();
        (await ada.PatchAsync($"/api/tasks/tasks/{task.Id}", new { assignees = new[] { guest.Id } })).Refuses(HttpStatusCode.UnprocessableEntity, "assignee_cannot_read");
        (await ada.PostAsync("/api/tasks/bulk", new { ids = new[] { task.Id }, change = new { add_assignees = new[] { guest.Id } } })).Ok();
        Assert.Equal(ben.Id, Assert.Single((await ada.ReadAsync(task)).Assignees).Id);
        await ada.AddAsync(club, guest, ProjectRole.Reader);
        (await ada.PatchAsync($"/api/tasks/tasks/{task.Id}", new { assignees = new[] { guest.Id } })).Ok();
    }

    [Fact]
    public async Task Moderators_hide_a_task_and_a_project_from_all_who_only_read_and_show_them_again()
    {
        var (ada, ben, mod) = (await house.PersonAsync("ada"), await house.PersonAsync("ben"), await house.PersonAsync("mod", Role.Moderator));
        using var nobody = house.Stranger();
        var club = await ada.ProjectAsync("Fair", new { title = "Fair", visibility = "public" });
        var (bad, good) = (await ada.TaskAsync(club, "Bad words"), await ada.TaskAsync(club, "Good words"));
        (await ada.PutAsync($"/api/tasks/tasks/{good.Id}/relations/blocks/{bad.Id}")).Is(HttpStatusCode.NoContent);
        var subjects = new[] { (Kind: "task", Thing: Thing.Of("task", bad.Id)), (Kind: "project", Thing: Thing.Of("project", club.Id)) };

        var (phone, admins) = (new Phone(ben), new Phone(ada));
        var list = $"{phone.Home}{club.Id}/";
        var before = await phone.SyncAsync(list);
        Assert.Equal(2, before.Changed.Count);

        await HideAsync(subjects[0], true);
        await HideAsync(subjects[0], true);
        var hidden = $"{list}{Uri.EscapeDataString(bad.Uid)}.ics";
        Assert.Equal([hidden], (await phone.SyncAsync(list, before.Token)).Gone);
        Assert.Single((await phone.SyncAsync(list)).Changed);
        (await phone.GetAsync(hidden)).Is(HttpStatusCode.NotFound);
        Assert.Equal(2, (await admins.SyncAsync(admins.List(club))).Changed.Count);
        foreach (var caller in new Caller[] { ben, nobody })
        {
            (await caller.GetAsync($"/api/tasks/tasks/{bad.Id}")).Is(HttpStatusCode.NotFound);
            Assert.DoesNotContain("Bad words", (await caller.GetAsync($"/api/tasks/projects/{club.Id}/board")).Ok().Body);
        }

        foreach (var beside in (string[])["relations", "history"])
        {
            Assert.DoesNotContain("Bad words", (await ben.GetAsync($"/api/tasks/tasks/{good.Id}/{beside}")).Ok().Body);
            Assert.Contains("Bad words", (await ada.GetAsync($"/api/tasks/tasks/{good.Id}/{beside}")).Ok().Body);
        }

        Assert.DoesNotContain("Bad words", (await ben.GetAsync($"/api/tasks/projects/{club.Id}/export")).Ok().Body);
        Assert.DoesNotContain("Bad words", (await ben.GetAsync("/api/home/search?q=words")).Ok().Body);
        foreach (var caller in new[] { ada, mod }) (await caller.GetAsync($"/api/tasks/tasks/{bad.Id}")).Ok();
        await HideAsync(subjects[0], false);
        await nobody.ReadAsync(bad);
        (await phone.GetAsync(hidden)).Ok();

        await HideAsync(subjects[1], true);
        foreach (var caller in new Caller[] { ben, nobody }) (await caller.GetAsync($"/api/tasks/tasks/{good.Id}")).Is(HttpStatusCode.NotFound);
        foreach (var caller in new[] { ada, mod }) (await caller.GetAsync($"/api/tasks/tasks/{good.Id}")).Ok();
        await HideAsync(subjects[1], false);
        await nobody.ReadAsync(good);

        async Task HideAsync((string Kind, Thing Thing) what, bool hidden)
        {
            await house.InScopeAsync(async s =>
            {
                await s.GetServices<IModerationSubject>().Single(m => m.Kind == what.Kind).SetHiddenAsync(what.Thing, hidden, "rude", CancellationToken.None);
                return true;
            });
            await house.DrainAsync();
        }
    }

    [Fact]
    public async Task Files_follow_who_may_see_their_task()
    {
        var (ada, ben) = (await house.PersonAsync("ada"), await house.PersonAsync("ben"));
        var (open, closed) = (await ada.ProjectAsync("Open", new { title = "Open", visibility = "members" }), await ada.ProjectAsync("Closed"));
        var task = await ada.TaskAsync(open, "x");
        using (var form = new MultipartFormDataContent { { new ByteArrayContent("secret"u8.ToArray()), "file", "plan.txt" } })
            (await ada.PostAsync($"/api/tasks/tasks/{task.Id}/attachments", form)).Is(HttpStatusCode.Created);
        var url = (await ada.GetAsync($"/api/tasks/tasks/{task.Id}/attachments")).Ok().Json[0].GetProperty("url").GetString()!;
        (await ben.GetAsync(url)).Ok();
        (await ada.PatchAsync($"/api/tasks/projects/{open.Id}", new { visibility = "private" })).Ok();
        await house.DrainAsync();
        (await ben.GetAsync(url)).Is(HttpStatusCode.NotFound);
        (await ada.PatchAsync($"/api/tasks/projects/{open.Id}", new { visibility = "members" })).Ok();
        await house.DrainAsync();
        (await ben.GetAsync(url)).Ok();
        (await ada.PostAsync($"/api/tasks/tasks/{task.Id}/move", new { project = closed.Id })).Ok();
        await house.DrainAsync();
        (await ben.GetAsync(url)).Is(HttpStatusCode.NotFound);
        (await ada.GetAsync(url)).Ok();
    }

    [Fact]
    public async Task Who_was_last_here_before_deletions_were_forgotten_starts_anew()
    {
        var ada = await house.PersonAsync("horizon");
        var club = await ada.ProjectAsync();
        var (gone, stays) = (await ada.TaskAsync(club, "Gone"), await ada.TaskAsync(club, "Stays"));
        var since = (await ada.GetAsync($"/api/tasks/projects/{club.Id}")).Ok().Json.GetProperty("seq").GetInt64();
        (await ada.DeleteAsync($"/api/tasks/tasks/{gone.Id}")).Is(HttpStatusCode.NoContent);
        var after = (await ada.GetAsync($"/api/tasks/projects/{club.Id}")).Ok().Json.GetProperty("seq").GetInt64();
        (await ada.GetAsync($"/api/tasks/projects/{club.Id}/changes?since={since}")).Ok();
        await house.ReadAsync(db => db.Tombstones.Where(t => t.ProjectId == club.Id).ExecuteUpdateAsync(set => set.SetProperty(t => t.At, db.Now.AddDays(-Tombstone.Days - 1))));
        await house.RunRecurringAsync(nameof(PruneTasks));
        (await ada.GetAsync($"/api/tasks/projects/{club.Id}/changes?since={since}")).Refuses(HttpStatusCode.Gone, "since_expired");
        (await ada.GetAsync($"/api/tasks/projects/{club.Id}/changes?since={after}")).Ok();
        Assert.Equal(stays.Id, Assert.Single((await ada.GetAsync($"/api/tasks/projects/{club.Id}/changes?since=0")).Ok().As<ChangesView>().Tasks).Id);
    }

    [Fact]
    public async Task The_own_list_is_found_whatever_it_is_called()
    {
        var ada = await house.PersonAsync("renamer");
        (await ada.PostAsync("/api/tasks/quick", new { line = "Buy milk ^today" })).Ok();
        var list = (await ada.GetAsync("/api/tasks/projects")).Ok().As<Slice<ProjectItemView>>().Items.Single(p => p.Personal);
        (await ada.PatchAsync($"/api/tasks/projects/{list.Id}", new { title = "Zettel" })).Ok();
        Assert.Single((await ada.GetAsync("/api/tasks/tasks?filter=is:personal")).Ok().Json.GetProperty("items").EnumerateArray());
        Assert.Single((await ada.GetAsync("/api/tasks/tasks?filter=is:mine")).Ok().Json.GetProperty("items").EnumerateArray());
        Assert.Contains("Buy milk", (await ada.PageAsync("/tasks")).Ok().Body);
        Assert.Empty((await (await house.PersonAsync("other")).GetAsync("/api/tasks/tasks?filter=is:personal")).Ok().Json.GetProperty("items").EnumerateArray());
    }

    [Fact]
    public async Task Many_tasks_are_moved_deleted_and_changed_by_filter_with_an_answer_for_each()
    {
        var (ada, ben) = (await house.PersonAsync("bulk"), await house.PersonAsync("bulk"));
        var (club, fete) = (await ada.ProjectAsync("Club"), await ada.ProjectAsync("Fete"));
        var parent = await ada.TaskAsync(club, "Parent");
        var child = await ada.TaskAsync(club, "Child", new { title = "Child", parent = parent.Id });
        for (var i = 0; i < 6; i++) await ada.TaskAsync(club, $"Late {i}", new { title = $"Late {i}", due = "2020-01-01", labels = new[] { "old" } });

        var dry = (await ada.PostAsync("/api/tasks/bulk", new { filter = "label:old", within = club.Id, change = new { due = "2031-05-01" }, dry_run = true })).Ok();
        Assert.Equal(6, dry.Json.GetProperty("changed").GetInt32());
        (await ada.PostAsync("/api/tasks/bulk", new { filter = "label:old", within = club.Id, change = new { due = "2031-05-01", priority = 2 } })).Ok();
        Assert.Equal(6, (await ada.GetAsync($"/api/tasks/projects/{club.Id}/tasks?filter=due:2031-05-01")).Ok().Json.GetProperty("items").GetArrayLength());
        (await ada.PostAsync("/api/tasks/bulk", new { filter = "label:old", within = club.Id, change = new { shift_days = 3 } })).Ok();
        Assert.Equal(6, (await ada.GetAsync($"/api/tasks/projects/{club.Id}/tasks?filter=due:2031-05-04")).Ok().Json.GetProperty("items").GetArrayLength());

        // Child before parent: the family stays one.
        var moved = (await ada.PostAsync("/api/tasks/bulk", new { ids = new[] { child.Id, parent.Id }, change = new { project = fete.Id } })).Ok();
        Assert.Equal(2, moved.Json.GetProperty("changed").GetInt32());
        var there = await ada.ReadAsync(child);
        Assert.Equal((fete.Id, parent.Id), (there.Project.Id, there.Parent!.Value));
        (await ada.PostAsync("/api/tasks/bulk", new { ids = new[] { child.Id, parent.Id }, change = new { delete = true } })).Ok();
        (await ada.GetAsync($"/api/tasks/tasks/{child.Id}")).Is(HttpStatusCode.NotFound);
        (await ada.PostAsync($"/api/tasks/tasks/{parent.Id}/restore")).Ok();
        Assert.Equal(parent.Id, (await ada.ReadAsync(child)).Parent);

        await ada.AddAsync(club, ben, ProjectRole.Reader);
        var refused = (await ben.PostAsync("/api/tasks/bulk", new { filter = "label:old", within = club.Id, change = new { delete = true } })).Ok();
        Assert.Equal((0, 6), (refused.Json.GetProperty("changed").GetInt32(), refused.Json.GetProperty("refused").GetInt32()));
        (await ada.PostAsync("/api/tasks/bulk", new { ids = new[] { child.Id }, change = new { } })).Refuses(HttpStatusCode.UnprocessableEntity, "required");
        (await ada.PostAsync("/api/tasks/bulk", new { ids = new[] { child.Id }, change = new { delete = true, priority = 1 } })).Is(HttpStatusCode.UnprocessableEntity);
    }
}
