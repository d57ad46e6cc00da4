using System.Net;
using Atrium.Accounts.Data;
using Atrium.Contracts.Accounts;
using Atrium.Kernel;
using Atrium.Kernel.Data;
using Atrium.Testing;
using Microsoft.Extensions.DependencyInjection;

namespace Atrium.Accounts.Tests;

public sealed class GroupTests(AccountsHouse house)
{
    private static int _count;

    private static string Name() => $"circle{Interlocked.Increment(ref _count)}";

    private async Task<string> GroupAsync(Person owner, string join = "open", string visibility = "members")
    {
        var handle = Name();
        (await owner.PostAsync("/api/accounts/groups", new { handle, name = "Circle", join, visibility })).Is(HttpStatusCode.Created);
        return handle;
    }

    [Fact]
    public async Task Any_member_joins_an_open_group_many_clicks_or_one_and_is_then_among_its_audience()
    {
        var (owner, person) = (await house.PersonAsync(), await house.PersonAsync());
        var handle = await GroupAsync(owner);
        var answers = await Task.WhenAll(Enumerable.Range(0, 5).Select(_ => person.PutAsync($"/api/accounts/groups/{handle}/membership")));
        Assert.All(answers, a => a.Ok());
        var group = (await person.GetAsync($"/api/accounts/groups/{handle}")).Ok();
        Assert.Equal("2", group["members"]);
        var audience = Audience.NewSet();
        var id = Id<Group>.Parse(group["id"]);
        async Task<bool> SeesAsync() => await house.InScopeAsync(async s => await s.GetRequiredService<AccountsDb>().IncludesAsync(audience, person.Actor, CancellationToken.None));
        await house.InScopeAsync(async s =>
        {
            var db = s.GetRequiredService<AccountsDb>();
            await db.SetAudienceAsync(audience, [Principal.Of(id)], CancellationToken.None);
            return await db.SaveChangesAsync();
        });
        Assert.True(await SeesAsync());
        (await person.DeleteAsync($"/api/accounts/groups/{handle}/membership")).Ok();
        Assert.False(await SeesAsync());
    }

    [Fact]
    public async Task Where_one_must_ask_a_moderator_decides()
    {
        var (owner, moderator, asker, other) = (await house.PersonAsync(), await house.PersonAsync(), await house.PersonAsync(), await house.PersonAsync());
        var handle = await GroupAsync(owner, "request");
        (await owner.PostAsync($"/api/accounts/groups/{handle}/requests", new { member = moderator.Handle })).Ok();
        (await moderator.PutAsync($"/api/accounts/groups/{handle}/membership")).Ok();
        (await owner.PutAsync($"/api/accounts/groups/{handle}/members/{moderator.Id}", new { role = "moderator" })).Ok();

        (await asker.PutAsync($"/api/accounts/groups/{handle}/membership", new { note = "let me in" })).Ok();
        Assert.Equal("asked", (await asker.GetAsync($"/api/accounts/groups/{handle}"))["at_the_door"]);
        (await asker.GetAsync($"/api/accounts/groups/{handle}/requests")).Refuses(HttpStatusCode.Forbidden, "forbidden");
        (await other.PutAsync($"/api/accounts/groups/{handle}/requests/{asker.Id}")).Refuses(HttpStatusCode.Forbidden, "forbidden");
        Assert.Equal("let me in", (await moderator.GetAsync($"/api/accounts/groups/{handle}/requests")).Ok().Json[0].GetProperty("note").GetString());
        (await moderator.PutAsync($"/api/accounts/groups/{handle}/requests/{asker.Id}")).Ok();
        Assert.Equal("member", (await asker.GetAsync($"/api/accounts/groups/{handle}"))["my_role"], ignoreCase: true);
        (await moderator.DeleteAsync($"/api/accounts/groups/{handle}/members/{owner.Id}")).Refuses(HttpStatusCode.Forbidden, "forbidden");
        (await moderator.DeleteAsync($"/api/accounts/groups/{handle}/members/{asker.Id}")).Ok();
    }

    [Fact]
    public async Task A_hidden_group_is_not_there_for_anybody_but_those_in_it_and_those_invited()
    {
        var (owner, invited, stranger) = (await house.PersonAsync(), await house.PersonAsync(), await house.PersonAsync());
        var handle = await GroupAsync(owner, "invitation", "hidden");
        var path = $"/api/accounts/groups/{handle}";
        foreach (var (method, at) in ((string, string)[])[("GET", path), ("GET", path + "/members"), ("GET", path + "/requests"), ("PUT", path + "/membership"), ("DELETE", path), ("GET", "/groups/" + handle)])
            (await stranger.SendAsync(new(method), at, null, [])).Refuses(HttpStatusCode.NotFound, "not_found");
        Assert.DoesNotContain(handle, (await stranger.GetAsync("/api/accounts/groups")).Ok().Body);

        (await owner.PostAsync($"{path}/requests", new { member = invited.Handle })).Ok();
        Assert.Equal("invited", (await invited.GetAsync(path)).Ok()["at_the_door"]);
        (await invited.PutAsync($"{path}/membership")).Ok();
        (await invited.DeleteAsync($"{path}/membership")).Ok();
        (await invited.GetAsync(path)).Refuses(HttpStatusCode.NotFound, "not_found");
    }

    [Fact]
    public async Task By_invitation_nobody_joins_uninvited()
    {
        var (owner, person) = (await house.PersonAsync(), await house.PersonAsync());
        var handle = await GroupAsync(owner, "invitation");
        (await person.PutAsync($"/api/accounts/groups/{handle}/membership")).Refuses(HttpStatusCode.Forbidden, "invitation_required");
    }

    [Fact]
    public async Task Of_two_owners_who_leave_at_once_one_stays()
    {
        for (var round = 0; round < 5; round++)
        {
            var (ann, bob) = (await house.PersonAsync("ann"), await house.PersonAsync("bob"));
            var handle = await GroupAsync(ann);
            await bob.PutAsync($"/api/accounts/groups/{handle}/membership");
            (await ann.PutAsync($"/api/accounts/groups/{handle}/members/{bob.Id}", new { role = "owner" })).Ok();
            var answers = await Task.WhenAll(ann.DeleteAsync($"/api/accounts/groups/{handle}/membership"), bob.DeleteAsync($"/api/accounts/groups/{handle}/membership"));
            Assert.Single(answers, a => a.Status == HttpStatusCode.NoContent);
            Assert.Single(answers, a => a.Status == HttpStatusCode.Conflict).Refuses(HttpStatusCode.Conflict, "last_owner");
        }
    }

    [Fact]
    public async Task A_group_is_changed_by_its_owners_by_revision_and_its_handle_is_one_of_a_kind()
    {
        var (owner, person) = (await house.PersonAsync(), await house.PersonAsync());
        var handle = await GroupAsync(owner);
        (await person.PostAsync("/api/accounts/groups", new { handle, name = "Same" })).Refuses(HttpStatusCode.UnprocessableEntity, "taken");
        var group = await owner.GetAsync($"/api/accounts/groups/{handle}");
        (await person.PatchAsync($"/api/accounts/groups/{handle}", new { name = "Mine" })).Refuses(HttpStatusCode.Forbidden, "forbidden");
        (await owner.PatchAsync($"/api/accounts/groups/{handle}", new { name = "Renamed", visibility = "hidden" }, ("If-Match", group.ETag!))).Ok();
        (await owner.PatchAsync($"/api/accounts/groups/{handle}", new { name = "Again" }, ("If-Match", group.ETag!))).Refuses(HttpStatusCode.PreconditionFailed, "stale_revision");
        (await person.GetAsync($"/api/accounts/groups/{handle}")).Refuses(HttpStatusCode.NotFound, "not_found");
        (await owner.DeleteAsync($"/api/accounts/groups/{handle}")).Ok();
        (await owner.GetAsync($"/api/accounts/groups/{handle}")).Is(HttpStatusCode.NotFound);
    }

    [Fact]
    public async Task The_pages_do_what_the_API_does()
    {
        var (owner, person) = (await house.PersonAsync(), await house.PersonAsync());
        var handle = Name();
        (await owner.FormAsync("/groups/new", ("handle", handle), ("name", ""), ("join", "Request"), ("visibility", "Public"))).Is(HttpStatusCode.UnprocessableEntity);
        (await owner.FormAsync("/groups/new", ("handle", handle), ("name", "Page circle"), ("join", "Request"), ("visibility", "Public"))).LedTo($"/groups/{handle}");
        Assert.Contains("Ask to join", (await person.PageAsync($"/groups/{handle}")).Ok().Body);
        (await person.FormAsync($"/groups/{handle}/join")).LedTo($"/groups/{handle}");
        Assert.Contains("At the door", (await owner.PageAsync($"/groups/{handle}")).Ok().Body);
        (await owner.FormAsync($"/groups/{handle}/requests/{person.Id}/accept")).LedTo($"/groups/{handle}");
        (await owner.FormAsync($"/groups/{handle}/invite", ("member", "nobody_such"))).Is(HttpStatusCode.UnprocessableEntity);
        (await owner.FormAsync($"/groups/{handle}/members/{person.Id}", ("role", "Moderator"))).LedTo($"/groups/{handle}");
        (await owner.PageAsync($"/groups/{handle}/settings")).Ok();
        Assert.InRange((await house.Stranger().PageAsync($"/groups/{handle}")).Ok().Statements, 1, 8);
        (await owner.FormAsync($"/groups/{handle}/leave")).Is(HttpStatusCode.Conflict);
    }
}
