using System.Net;
using Atrium.Testing;
using Xunit;

namespace Atrium.Tasks.Tests.CalDav;

public class SyncTests(TasksHouse house)
{
    [Fact]
    public async Task A_sync_tells_what_came_changed_and_went()
    {
        using var ada = await house.PersonAsync("ada");
        var phone = new Phone(ada);
        var list = phone.List(await ada.ProjectAsync());
        var empty = await phone.SyncAsync(list);
        Assert.Empty(empty.Changed);
        var tag = (await phone.PutAsync(list + "1.ics", Phone.Todo("1", "SUMMARY:one"))).ETag;
        (await phone.PutAsync(list + "2.ics", Phone.Todo("2", "SUMMARY:two"))).Ok();
        var two = await phone.SyncAsync(list, empty.Token);
        Assert.Equal([list + "1.ics", list + "2.ics"], two.Changed.Keys.Order());
        Assert.Equal(tag, two.Changed[list + "1.ics"]);
        (await phone.DeleteAsync(list + "1.ics")).Is(HttpStatusCode.NoContent);
        var gone = await phone.SyncAsync(list, two.Token);
        Assert.Equal([list + "1.ics"], gone.Gone);
        Assert.Empty(gone.Changed);
        var nothing = await phone.SyncAsync(list, gone.Token);
        Assert.Equal((0, 0, gone.Token), (nothing.Gone.Count, nothing.Changed.Count, nothing.Token));
        Assert.Equal(1, nothing.Answer.Statements);

        // What comes back under its old name is there, not gone.
        (await phone.PutAsync(list + "1.ics", Phone.Todo("1", "SUMMARY:one again"))).Is(HttpStatusCode.Created);
        var back = await phone.SyncAsync(list, two.Token);
        Assert.Equal((1, 0), (back.Changed.Count, back.Gone.Count));
    }

    [Fact]
    public async Task A_limit_pages_through_everything_even_what_one_transaction_did()
    {
        using var ada = await house.PersonAsync("ada");
        var phone = new Phone(ada);
        var club = await ada.ProjectAsync();
        var list = phone.List(club);
        for (var i = 0; i < 7; i++) await ada.TaskAsync(club, $"t{i}");
        var start = await phone.SyncAsync(list);
        var ids = (await ada.GetAsync($"/api/tasks/projects/{club.Id}/tasks")).Json.GetProperty("items").EnumerateArray().Select(t => t.GetProperty("id").GetString()).ToList();
        (await ada.PostAsync("/api/tasks/bulk", new { ids, change = new { priority = 1 } })).Ok();
        foreach (var since in new[] { "", start.Token })
        {
            var seen = new HashSet<string>();
            var (token, pages) = (since, 0);
            while (true)
            {
                var page = await phone.SyncAsync(list, token, limit: 3);
                Assert.True(page.Changed.Count <= 3);
                seen.UnionWith(page.Changed.Keys);
                (token, pages) = (page.Token, pages + 1);
                if (!page.More) break;
                Assert.Contains("number-of-matches-within-limits", page.Answer.Body);
            }

            Assert.Equal((7, 3), (seen.Count, pages));
        }
    }

    [Fact]
    public async Task A_token_of_another_list_of_the_future_or_from_long_ago_is_refused()
    {
        using var ada = await house.PersonAsync("ada");
        var phone = new Phone(ada);
        var (one, other) = (await ada.ProjectAsync(), await ada.ProjectAsync("Other"));
        await ada.TaskAsync(one, "first");
        var token = (await phone.SyncAsync(phone.List(one))).Token;
        foreach (var bad in new[] { "nonsense", token, $"urn:atrium:sync:{other.Id}:999999", "http://example.org/sync/1" })
            (await phone.SyncAnswerAsync(phone.List(other), bad)).Denies(HttpStatusCode.Forbidden, "valid-sync-token");
        for (var i = 0; i < 3; i++) await ada.TaskAsync(one, "t");
        await house.InScopeAsync(async services =>
        {
            var db = (TasksDb)services.GetService(typeof(TasksDb))!;
            await Microsoft.EntityFrameworkCore.RelationalDatabaseFacadeExtensions.ExecuteSqlRawAsync(db.Database, "UPDATE tasks_project SET horizon = seq WHERE id = {0}", [one.Id.Value]);
            return true;
        });
        (await phone.SyncAnswerAsync(phone.List(one), token)).Denies(HttpStatusCode.Forbidden, "valid-sync-token");
    }

    [Fact]
    public async Task Children_may_come_before_their_parent_and_nothing_is_made_up()
    {
        using var ada = await house.PersonAsync("ada");
        var phone = new Phone(ada);
        var club = await ada.ProjectAsync();
        var list = phone.List(club);
        var child = Phone.Todo("child", "SUMMARY:child", "RELATED-TO:parent");
        (await phone.PutAsync(list + "child.ics", child)).Is(HttpStatusCode.Created);
        Assert.Equal(child, (await phone.GetAsync(list + "child.ics")).Body);
        (await phone.PutAsync(list + "parent.ics", Phone.Todo("parent", "SUMMARY:parent"))).Is(HttpStatusCode.Created);
        (await phone.PutAsync(list + "parent.ics", Phone.Todo("parent", "SUMMARY:parent renamed"))).Is(HttpStatusCode.NoContent);
        Assert.Equal(child, (await phone.GetAsync(list + "child.ics")).Body);
        var items = (await ada.GetAsync($"/api/tasks/projects/{club.Id}/tasks")).Json.GetProperty("items").EnumerateArray().ToList();
        Assert.Equal(2, items.Count);
        var parent = items.Single(t => t.GetProperty("title").GetString() == "parent renamed");
        Assert.Equal(parent.GetProperty("id").GetString(), items.Single(t => t.GetProperty("title").GetString() == "child").GetProperty("parent").GetString());

        // A ring over the wire is kept as it was sent, and is none here.
        var ring = Phone.Todo("parent", "SUMMARY:parent", "RELATED-TO;RELTYPE=PARENT:child");
        (await phone.PutAsync(list + "parent.ics", ring)).Is(HttpStatusCode.NoContent);
        Assert.Equal(ring, (await phone.GetAsync(list + "parent.ics")).Body);
    }

    [Fact]
    public async Task A_relation_sent_is_one_here_and_goes_when_its_line_goes()
    {
        using var ada = await house.PersonAsync("ada");
        var phone = new Phone(ada);
        var club = await ada.ProjectAsync();
        var first = await ada.TaskAsync(club, "first");
        var path = phone.List(club) + "second.ics";
        var sent = Phone.Todo("second", "SUMMARY:second", $"RELATED-TO;RELTYPE=DEPENDS-ON:{first.Uid}", "RELATED-TO;RELTYPE=SIBLING:unknown");
        (await phone.PutAsync(path, sent)).Is(HttpStatusCode.Created);
        Assert.Equal(sent, (await phone.GetAsync(path)).Body);
        var id = (await ada.GetAsync($"/api/tasks/projects/{club.Id}/tasks")).Json.GetProperty("items").EnumerateArray().Single(t => t.GetProperty("title").GetString() == "second").GetProperty("id").GetString();
        Assert.Contains("blocked_by", (await ada.GetAsync($"/api/tasks/tasks/{id}/relations")).Body);
        (await phone.PutAsync(path, Phone.Todo("second", "SUMMARY:second"))).Ok();
        Assert.DoesNotContain("blocked_by", (await ada.GetAsync($"/api/tasks/tasks/{id}/relations")).Body);
    }
}
