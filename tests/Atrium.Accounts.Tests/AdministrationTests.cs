using System.Net;
using Atrium.Contracts.Accounts;
using Atrium.Kernel;
using Atrium.Testing;

namespace Atrium.Accounts.Tests;

public sealed class LastAdministratorTests(ModeHouse house) : IClassFixture<ModeHouse>
{
    [Fact]
    public async Task Of_two_administrators_who_step_down_at_once_one_stays()
    {
        for (var round = 0; round < 5; round++)
        {
            var ann = await house.PersonAsync("ann", Role.Administrator);
            var bob = await house.PersonAsync("bob", Role.Administrator);
            var answers = await Task.WhenAll(
                ann.PutAsync($"/api/accounts/admin/members/{ann.Id}/role", new { role = "member" }),
                bob.PutAsync($"/api/accounts/admin/members/{bob.Id}/role", new { role = "member" }));
            var refused = Assert.Single(answers, a => a.Status != HttpStatusCode.NoContent);
            refused.Refuses(HttpStatusCode.Conflict, "last_administrator");

            var (left, right) = answers[0].Status == HttpStatusCode.NoContent ? (bob, ann) : (ann, bob);
            (await left.PutAsync($"/api/accounts/admin/members/{left.Id}/suspension", new { })).Refuses(HttpStatusCode.Conflict, "last_administrator");
            (await left.PutAsync($"/api/accounts/admin/members/{left.Id}/deletion")).Refuses(HttpStatusCode.Conflict, "last_administrator");
            using var surfer = await house.SignedInAsync(left);
            (await surfer.FormAsync("/settings/leave")).Is(HttpStatusCode.Conflict);
            // Made ordinary for the next round, once the other is an administrator again.
            (await left.PutAsync($"/api/accounts/admin/members/{right.Id}/role", new { role = "administrator" })).Ok();
            var next = await house.PersonAsync("next", Role.Administrator);
            (await next.PutAsync($"/api/accounts/admin/members/{left.Id}/role", new { role = "member" })).Ok();
            (await next.PutAsync($"/api/accounts/admin/members/{right.Id}/role", new { role = "member" })).Ok();
            await house.InScopeAsync(async s =>
            {
                var db = Microsoft.Extensions.DependencyInjection.ServiceProviderServiceExtensions.GetRequiredService<Data.AccountsDb>(s);
                return await Microsoft.EntityFrameworkCore.EntityFrameworkQueryableExtensions.ExecuteUpdateAsync(db.Accounts.Where(a => a.Id == next.Id), set => set.SetProperty(a => a.Role, Role.Member));
            });
        }
    }
}

public sealed class AdministrationTests(AccountsHouse house)
{
    [Theory]
    [InlineData("GET", "/api/accounts/admin/members")]
    [InlineData("GET", "/api/accounts/admin/members/{id}")]
    [InlineData("PUT", "/api/accounts/admin/members/{id}/approval")]
    [InlineData("DELETE", "/api/accounts/admin/members/{id}/application")]
    [InlineData("PUT", "/api/accounts/admin/members/{id}/role")]
    [InlineData("PUT", "/api/accounts/admin/members/{id}/suspension")]
    [InlineData("DELETE", "/api/accounts/admin/members/{id}/suspension")]
    [InlineData("PUT", "/api/accounts/admin/members/{id}/deletion")]
    [InlineData("DELETE", "/api/accounts/admin/members/{id}/deletion")]
    public async Task Only_administrators_with_the_scope_run_members(string method, string path)
    {
        var admin = await house.PersonAsync("admin", Role.Administrator);
        var moderator = await house.PersonAsync("mod", Role.Moderator);
        var target = await house.PersonAsync("target");
        path = path.Replace("{id}", target.Id.ToString());
        var body = new { role = "member", reason = "none" };
        var verb = new HttpMethod(method);
        (await house.Stranger().SendAsync(verb, path, body, [])).Refuses(HttpStatusCode.Unauthorized, "sign_in");
        (await target.SendAsync(verb, path, body, [])).Refuses(HttpStatusCode.Forbidden, "forbidden");
        (await moderator.SendAsync(verb, path, body, [])).Refuses(HttpStatusCode.Forbidden, "forbidden");
        (await admin.With("profile:write").SendAsync(verb, path, body, [])).Refuses(HttpStatusCode.Forbidden, "insufficient_scope");
        var answer = await admin.With("accounts:admin").SendAsync(verb, path, body, []);
        Assert.True((int)answer.Status is < 300 or 409, answer.Body);
    }

    [Fact]
    public async Task Members_are_listed_by_state_role_and_text_in_pages()
    {
        var admin = await house.PersonAsync("lister", Role.Administrator);
        for (var i = 0; i < 5; i++) await house.PersonAsync("zaphod");
        var first = (await admin.GetAsync("/api/accounts/admin/members?text=zaphod&limit=3&state=active&role=member")).Ok();
        Assert.Equal(3, first.Json.GetProperty("items").GetArrayLength());
        Assert.InRange(first.Statements, 1, 5);
        Assert.Contains("rel=\"next\"", first.Headers["Link"]);
        var second = (await admin.GetAsync($"/api/accounts/admin/members?text=zaphod&limit=3&cursor={first["next"]}")).Ok();
        Assert.Equal(2, second.Json.GetProperty("items").GetArrayLength());
        Assert.Empty((await admin.GetAsync("/api/accounts/admin/members?text=zaphod&state=suspended")).Json.GetProperty("items").EnumerateArray());
        Assert.Single((await admin.GetAsync($"/api/accounts/admin/members?text={admin.Handle}@exam")).Json.GetProperty("items").EnumerateArray());
    }

    [Fact]
    public async Task A_role_that_changes_counts_with_the_next_request()
    {
        var admin = await house.PersonAsync("boss", Role.Administrator);
        var person = await house.PersonAsync();
        using var surfer = await house.SignedInAsync(person);
        (await surfer.GetAsync("/api/accounts/admin/members")).Is(HttpStatusCode.Forbidden);
        (await admin.PutAsync($"/api/accounts/admin/members/{person.Id}/role", new { role = "administrator" })).Ok();
        (await surfer.GetAsync("/api/accounts/admin/members")).Ok();
        (await admin.PutAsync($"/api/accounts/admin/members/{person.Id}/role", new { role = "guest" })).Ok();
        (await surfer.GetAsync("/api/accounts/admin/members")).Is(HttpStatusCode.Forbidden);
    }
}
