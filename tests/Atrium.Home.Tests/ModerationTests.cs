using System.Net;
using Atrium.Contracts.Home;
using Atrium.Kernel;
using Atrium.Testing;

namespace Atrium.Home.Tests;

public sealed class ModerationTests(HomeHouse house)
{
    [Fact]
    public async Task Many_reports_of_one_thing_make_one_case()
    {
        var mod = await house.PersonAsync("mod", Role.Moderator);
        var (ada, ben, owner) = (await house.PersonAsync(), await house.PersonAsync(), await house.PersonAsync());
        var thing = house.Sample.Add("Rude words", Audience.Members, owner.Id);
        var answers = await Task.WhenAll(ReportAsync(ada, thing), ReportAsync(ben, thing), ReportAsync(ada, thing));
        Assert.Equal(answers[0]["id"], answers[2]["id"]);
        var found = await CaseAsync(mod, thing);
        Assert.Equal("2", found["reports"]);
    }

    [Fact]
    public async Task What_one_may_not_see_or_owns_cannot_be_reported()
    {
        var (ada, ben) = (await house.PersonAsync(), await house.PersonAsync());
        var thing = house.Sample.Add("Private", Audience.Only(ada.Id), ada.Id);
        (await ben.PostAsync("/api/home/reports", new { thing = thing.ToString(), category = "spam" })).Is(HttpStatusCode.NotFound);
        (await ada.PostAsync("/api/home/reports", new { thing = thing.ToString(), category = "spam" })).Refuses(HttpStatusCode.UnprocessableEntity, "own_thing");
        (await ben.PageAsync($"/report?thing={thing}")).Is(HttpStatusCode.NotFound);
    }

    [Fact]
    public async Task The_queue_is_the_moderators()
    {
        var (member, owner) = (await house.PersonAsync(), await house.PersonAsync());
        var (mod, admin) = (await house.PersonAsync("mod", Role.Moderator), await house.PersonAsync("admin", Role.Administrator));
        var thing = house.Sample.Add("Reported", Audience.Members, owner.Id);
        await ReportAsync(member, thing);
        var id = (await CaseAsync(mod, thing))["id"];
        foreach (var (method, path, body) in Routes(id))
        {
            (await member.SendAsync(new(method), path, body, [])).Is(HttpStatusCode.NotFound);
            (await house.Stranger().SendAsync(new(method), path, body, [])).Is(HttpStatusCode.Unauthorized);
            (await mod.With("home:write").SendAsync(new(method), path, body, [])).Refuses(HttpStatusCode.Forbidden, "insufficient_scope");
        }

        (await admin.GetAsync("/api/home/moderation/cases")).Ok();
        (await member.PageAsync("/moderation")).Is(HttpStatusCode.NotFound);
        (await member.PageAsync($"/moderation/cases/{id}")).Is(HttpStatusCode.NotFound);
    }

    [Fact]
    public async Task A_hidden_thing_is_hidden_in_its_room_and_its_owner_told_why()
    {
        var (ada, owner, mod) = (await house.PersonAsync(), await house.PersonAsync(), await house.PersonAsync("mod", Role.Moderator));
        var thing = house.Sample.Add("Bad words", Audience.Members, owner.Id);
        var report = await ReportAsync(ada, thing);
        var id = (await CaseAsync(mod, thing))["id"];
        (await mod.PutAsync($"/api/home/moderation/cases/{id}/hidden", new { reason = "" })).Refuses(HttpStatusCode.UnprocessableEntity, "invalid");
        (await mod.PutAsync($"/api/home/moderation/cases/{id}/hidden", new { reason = "Against rule 3" })).Ok();
        await house.SettledAsync();
        Assert.True(house.Sample.Hidden[thing]);
        Assert.Contains("Against rule 3", (await owner.GetAsync("/api/home/inbox")).Body, StringComparison.Ordinal);

        (await mod.PutAsync($"/api/home/moderation/cases/{id}/closure", new { dismissed = false, outcome = "hidden" })).Ok();
        (await mod.PutAsync($"/api/home/moderation/cases/{id}/closure", new { dismissed = false })).Refuses(HttpStatusCode.Conflict, "case_closed");
        await house.SettledAsync();
        Assert.Equal("home.report_outcome", (await ada.GetAsync("/api/home/inbox")).Json.GetProperty("items")[0].GetProperty("kind").GetString());
        Assert.Equal("resolved", (await ada.GetAsync($"/api/home/reports/{report["id"]}"))["state"]);
        (await owner.GetAsync($"/api/home/reports/{report["id"]}")).Is(HttpStatusCode.NotFound);
    }

    [Fact]
    public async Task What_a_room_holds_back_is_shown_once_the_case_is_dismissed()
    {
        var (owner, mod) = (await house.PersonAsync(), await house.PersonAsync("mod", Role.Moderator));
        var thing = house.Sample.Add("First words", Audience.Members, owner.Id);
        await house.PublishAsync(new ReviewRequested(thing, "first post"));
        await house.SettledAsync();
        Assert.True(house.Sample.Hidden[thing]);
        var id = (await CaseAsync(mod, thing))["id"];
        (await mod.PutAsync($"/api/home/moderation/cases/{id}/closure", new { dismissed = true })).Ok();
        await house.SettledAsync();
        Assert.False(house.Sample.Hidden[thing]);
    }

    [Fact]
    public async Task Nobody_judges_their_own_case_or_their_equals()
    {
        var (ada, mod, other) = (await house.PersonAsync(), await house.PersonAsync("mod", Role.Moderator), await house.PersonAsync("mod", Role.Moderator));
        var thing = house.Sample.Add("A moderator's", Audience.Members, mod.Id);
        await ReportAsync(ada, thing);
        var id = (await CaseAsync(other, thing))["id"];
        (await mod.PutAsync($"/api/home/moderation/cases/{id}/closure", new { dismissed = true })).Refuses(HttpStatusCode.Forbidden, "own_case");
        (await other.PostAsync($"/api/home/moderation/cases/{id}/sanctions", new { what = "warning", reason = "No" })).Refuses(HttpStatusCode.Forbidden, "higher_role");
        (await other.PutAsync($"/api/home/moderation/cases/{id}/hidden", new { reason = "No" })).Refuses(HttpStatusCode.Forbidden, "higher_role");
        (await other.PutAsync($"/api/home/moderation/cases/{id}/hold", new { reason = "No" })).Refuses(HttpStatusCode.Forbidden, "higher_role");
    }

    [Fact]
    public async Task A_warned_member_is_told_and_may_object_once()
    {
        var (ada, owner, mod) = (await house.PersonAsync(), await house.PersonAsync(), await house.PersonAsync("mod", Role.Moderator));
        var thing = house.Sample.Add("Shouting", Audience.Members, owner.Id);
        await ReportAsync(ada, thing);
        var caseId = (await CaseAsync(mod, thing))["id"];
        var sanction = (await mod.PostAsync($"/api/home/moderation/cases/{caseId}/sanctions", new { what = "warning", reason = "Do not shout" })).Is(HttpStatusCode.Created);
        await house.SettledAsync();
        var notice = (await owner.GetAsync("/api/home/inbox")).Json.GetProperty("items")[0];
        Assert.Equal("home.sanctioned", notice.GetProperty("kind").GetString());

        // By the link in the mail, without signing in.
        var page = (await house.Stranger().PageAsync(notice.GetProperty("href").GetString()!)).Ok();
        Assert.Contains("Do not shout", page.Body, StringComparison.Ordinal);
        (await house.Stranger().PageAsync($"/sanctions/{sanction["id"]}?key=wrong")).Is(HttpStatusCode.NotFound);
        (await ada.GetAsync($"/api/home/sanctions/{sanction["id"]}")).Is(HttpStatusCode.NotFound);

        (await owner.PutAsync($"/api/home/sanctions/{sanction["id"]}/appeal", new { words = "I whispered" })).Ok();
        (await owner.PutAsync($"/api/home/sanctions/{sanction["id"]}/appeal", new { words = "Again" })).Refuses(HttpStatusCode.Conflict, "appealed");
        (await mod.PutAsync($"/api/home/moderation/sanctions/{sanction["id"]}/decision", new { lift = true, reason = "True" })).Ok();
        Assert.NotEqual("", (await owner.GetAsync($"/api/home/sanctions/{sanction["id"]}"))["lifted_at"]);
    }

    [Fact]
    public async Task A_suspension_is_carried_out_and_lifted_by_accounts()
    {
        var (ada, owner, mod) = (await house.PersonAsync(), await house.PersonAsync(), await house.PersonAsync("mod", Role.Moderator));
        var admin = await house.PersonAsync("admin", Role.Administrator);
        var thing = house.Sample.Add("Much spam", Audience.Members, owner.Id);
        await ReportAsync(ada, thing);
        var id = (await CaseAsync(mod, thing))["id"];
        var sanction = (await mod.PostAsync($"/api/home/moderation/cases/{id}/sanctions", new { what = "suspension", reason = "Spam" })).Is(HttpStatusCode.Created);
        await house.SettledAsync();
        Assert.Equal("suspended", await StateAsync(admin, owner));
        (await mod.PutAsync($"/api/home/moderation/sanctions/{sanction["id"]}/decision", new { lift = true, reason = "A mistake" })).Ok();
        await house.SettledAsync();
        Assert.Equal("active", await StateAsync(admin, owner));
    }

    private static async Task<string> StateAsync(Person admin, Person member) =>
        (await admin.GetAsync($"/api/accounts/admin/members/{member.Id}")).Ok()["state"];

    private static async Task<Answer> ReportAsync(Person by, Thing thing) =>
        (await by.PostAsync("/api/home/reports", new { thing = thing.ToString(), category = "spam", comment = "Look" })).Is(HttpStatusCode.Created);

    private static async Task<Dictionary<string, string>> CaseAsync(Person moderator, Thing thing)
    {
        var items = (await moderator.GetAsync("/api/home/moderation/cases?limit=100")).Ok().Json.GetProperty("items").EnumerateArray();
        return items.Single(c => c.GetProperty("thing").GetString() == thing.ToString()).EnumerateObject().ToDictionary(p => p.Name, p => p.Value.ToString());
    }

    private static IEnumerable<(string Method, string Path, object? Body)> Routes(string id) =>
    [
        ("GET", "/api/home/moderation/cases", null),
        ("GET", $"/api/home/moderation/cases/{id}", null),
        ("POST", $"/api/home/moderation/cases/{id}/notes", new { text = "x" }),
        ("PUT", $"/api/home/moderation/cases/{id}/hidden", new { reason = "x" }),
        ("DELETE", $"/api/home/moderation/cases/{id}/hidden", null),
        ("PUT", $"/api/home/moderation/cases/{id}/hold", new { reason = "x" }),
        ("PUT", $"/api/home/moderation/cases/{id}/closure", new { dismissed = true }),
        ("POST", $"/api/home/moderation/cases/{id}/sanctions", new { what = "warning", reason = "x" }),
        ("GET", "/api/home/moderation/appeals", null),
        ("PUT", "/api/home/moderation/sanctions/1/decision", new { lift = true, reason = "x" }),
    ];
}
