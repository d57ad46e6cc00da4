using System.Net;
using Atrium.Contracts.Accounts;
using Atrium.Kernel;
using Atrium.Testing;
using Microsoft.Extensions.DependencyInjection;

namespace Atrium.Accounts.Tests;

public sealed class ProfileTests(AccountsHouse house)
{
    [Fact]
    public async Task A_profile_is_changed_by_revision_and_a_stale_one_is_refused()
    {
        var person = await house.PersonAsync();
        var me = (await person.GetAsync("/api/accounts/me")).Ok();
        var changed = (await person.PatchAsync("/api/accounts/me", new { name = "Zoë Ångström", bio = "**Bread**", culture = "de-DE", time_zone = "Europe/Berlin", theme = "dark" }, ("If-Match", me.ETag!))).Ok();
        Assert.Equal("dark", changed["theme"]);
        (await person.PatchAsync("/api/accounts/me", new { name = "Another" }, ("If-Match", me.ETag!))).Refuses(HttpStatusCode.PreconditionFailed, "stale_revision");
        (await person.GetAsync("/api/accounts/me", ("If-None-Match", changed.ETag!))).Is(HttpStatusCode.NotModified);
        Assert.Contains(person.Handle, (await person.GetAsync("/api/accounts/members?text=angst")).Ok().Body);
        var page = (await house.Stranger().PageAsync($"/@{person.Handle}")).Ok();
        Assert.Contains("<strong>Bread</strong>", page.Body);
    }

    [Theory]
    [InlineData("{\"name\":\"\"}", "name")]
    [InlineData("{\"culture\":\"xx-klingon\"}", "culture")]
    [InlineData("{\"time_zone\":\"Mars/Base\"}", "time_zone")]
    [InlineData("{\"theme\":\"beige\"}", "theme")]
    [InlineData("{\"links\":[{\"label\":\"\",\"value\":\"x\"}]}", "links")]
    public async Task What_will_not_do_is_named(string json, string field)
    {
        var person = await house.PersonAsync();
        var answer = await person.SendAsync(HttpMethod.Patch, "/api/accounts/me", new StringContent(json, System.Text.Encoding.UTF8, "application/json"), []);
        answer.Is(HttpStatusCode.UnprocessableEntity);
        Assert.Equal(field, answer.Json.GetProperty("errors")[0].GetProperty("field").GetString());
    }

    [Fact]
    public async Task A_token_does_what_its_scopes_say()
    {
        var person = await house.PersonAsync();
        (await person.With("profile:read").GetAsync("/api/accounts/me")).Ok();
        (await person.With("profile:read").PatchAsync("/api/accounts/me", new { name = "X" })).Refuses(HttpStatusCode.Forbidden, "insufficient_scope");
        (await person.With("profile:write").PatchAsync("/api/accounts/me", new { name = "X" })).Ok();
        (await person.With("profile:write").FormAsync("/settings/leave")).Is(HttpStatusCode.Forbidden);
    }

    [Theory]
    [InlineData("/sign-in")]
    [InlineData("/sign-in/code")]
    [InlineData("/sign-up")]
    [InlineData("/sign-up/sent")]
    [InlineData("/forgot-password")]
    [InlineData("/groups")]
    public async Task Pages_of_the_door_open_for_everyone(string path) => Assert.Contains("<h1", (await house.Stranger().PageAsync(path)).Ok().Body);

    [Theory]
    [InlineData("/settings/profile")]
    [InlineData("/settings/account")]
    [InlineData("/settings/security")]
    [InlineData("/settings/sessions")]
    [InlineData("/settings/appearance")]
    [InlineData("/settings/prove")]
    [InlineData("/groups")]
    [InlineData("/groups/new")]
    public async Task Pages_of_a_member_open_for_members_and_lead_others_to_the_door(string path)
    {
        var person = await house.PersonAsync();
        using var surfer = await house.SignedInAsync(person);
        var page = (await surfer.PageAsync(path)).Ok();
        Assert.Contains("<h1", page.Body);
        Assert.InRange(page.Statements, 1, 8);
        if (path != "/groups") Assert.StartsWith("/sign-in?next=", (await house.Stranger().PageAsync(path)).Headers["Location"]);
    }

    [Fact]
    public async Task The_profile_form_keeps_what_was_typed_when_it_is_refused()
    {
        var person = await house.PersonAsync();
        using var surfer = await house.SignedInAsync(person);
        var answer = (await surfer.FormAsync("/settings/profile", ("name", ""), ("bio", "kept words"))).Is(HttpStatusCode.UnprocessableEntity);
        Assert.Contains("kept words", answer.Body);
        (await surfer.FormAsync("/settings/profile", ("name", "Good Name"), ("bio", "kept words"), ("label0", "Site"), ("value0", "https://example.org"))).LedTo("/settings/profile");
        Assert.Equal("Site", (await surfer.GetAsync("/api/accounts/me")).Json.GetProperty("links")[0].GetProperty("label").GetString());
    }

    [Fact]
    public async Task An_avatar_is_taken_in_and_everyone_sees_it()
    {
        var person = await house.PersonAsync();
        using var surfer = await house.SignedInAsync(person);
        var png = Convert.FromBase64String("iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg==");
        var form = new MultipartFormDataContent { { new StringContent("Somebody"), "name" }, { new ByteArrayContent(png), "avatar", "me.png" } };
        (await surfer.SendAsync(HttpMethod.Post, "/settings/profile", form, ("Sec-Fetch-Site", "same-origin"), ("Accept", "text/html"))).LedTo("/settings/profile");
        var url = (await surfer.GetAsync("/api/accounts/me"))["avatar_url"];
        Assert.Equal("image/png", (await house.Stranger().GetAsync(url)).Ok().Headers["Content-Type"]);
    }

    [Theory]
    [InlineData(null, 20, "blue")]
    [InlineData("0,0,20", 20, "red")]
    [InlineData("10,0,10", 10, "red")]
    [InlineData("100,7,999", 20, "white")]
    [InlineData("-1,x,0", 20, "blue")]
    public async Task An_avatar_is_the_square_that_was_chosen_or_the_middle(string? cut, int side, string colour)
    {
        var person = await house.PersonAsync();
        using var surfer = await house.SignedInAsync(person);
        using var red = NetVips.Image.Black(20, 20, bands: 3) + new double[] { 255, 0, 0 };
        using var blue = NetVips.Image.Black(20, 20, bands: 3) + new double[] { 0, 0, 255 };
        using var white = NetVips.Image.Black(20, 20, bands: 3) + new double[] { 255, 255, 255 };
        using var flag = NetVips.Image.Arrayjoin([red, blue, white], across: 3).Cast(NetVips.Enums.BandFormat.Uchar).Copy(interpretation: NetVips.Enums.Interpretation.Srgb);
        var form = new MultipartFormDataContent { { new StringContent("Somebody"), "name" }, { new ByteArrayContent(flag.PngsaveBuffer()), "avatar", "flag.png" } };
        if (cut is not null) form.Add(new StringContent(cut), "avatar_cut");
        (await surfer.SendAsync(HttpMethod.Post, "/settings/profile", form, ("Sec-Fetch-Site", "same-origin"), ("Accept", "text/html"))).LedTo("/settings/profile");
        var url = (await surfer.GetAsync("/api/accounts/me"))["avatar_url"].Split('?')[0];
        using var kept = NetVips.Image.NewFromBuffer((await house.Stranger().GetAsync(url)).Ok().Bytes);
        Assert.Equal((side, side), (kept.Width, kept.Height));
        var middle = kept.Getpoint(side / 2, side / 2);
        Assert.Equal(colour, (middle[0] > 200, middle[2] > 200) switch { (true, true) => "white", (true, false) => "red", _ => "blue" });
    }

    [Fact]
    public async Task Members_and_groups_are_found_by_those_who_may_know_of_them()
    {
        var (person, other) = (await house.PersonAsync("wilhelmina"), await house.PersonAsync());
        await person.PostAsync("/api/accounts/groups", new { handle = "secretgarden", name = "Rhododendron circle", visibility = "hidden", join = "invitation" });
        await house.DrainAsync();
        async Task<IReadOnlyList<string>> FoundAsync(string text, Person by) => await house.InScopeAsync(async s =>
            (await s.GetRequiredService<Kernel.Search.ISearch>().FindAsync(new(text), by.Actor, CancellationToken.None)).Hits.Items.Select(h => h.Href).ToList());
        Assert.Contains($"/@{person.Handle}", await FoundAsync("wilhelmi", other));
        Assert.Contains("/groups/secretgarden", await FoundAsync("rhododendron", person));
        Assert.Empty(await FoundAsync("rhododendron", other));
        await house.InScopeAsync(async s =>
        {
            await s.GetRequiredService<IMemberAdministration>().SuspendAsync(person.Id, null, Actor.System, CancellationToken.None);
            return true;
        });
        await house.DrainAsync();
        Assert.Empty(await FoundAsync("wilhelmi", other));
    }

    [Fact]
    public async Task The_door_for_other_modules_answers_many_at_once()
    {
        var (ann, bob) = (await house.PersonAsync("quentin"), await house.PersonAsync("quincy"));
        await house.InScopeAsync(async s =>
        {
            var members = s.GetRequiredService<IMembers>();
            var ghost = new Id<Member>(12345);
            var cards = await members.CardsAsync([ann.Id, bob.Id, ghost], CancellationToken.None);
            Assert.Equal(ann.Handle, cards[ann.Id].Handle);
            Assert.Equal(MemberCard.Former(ghost), cards[ghost]);
            var found = await members.FindAsync([ann.Handle, $"{bob.Handle}@example.org", "@" + bob.Handle, "nobody_such"], CancellationToken.None);
            Assert.Equal([ann.Handle, $"{bob.Handle}@example.org", "@" + bob.Handle], found.Keys);
            Assert.Contains(await members.SearchAsync("quen", 10, CancellationToken.None), c => c.Id == ann.Id);
            Assert.DoesNotContain(await members.SearchAsync("uentin", 10, CancellationToken.None), c => c.Id == ann.Id);
            var actor = await members.ActorAsync(ann.Id, "caldav", CancellationToken.None);
            Assert.Equal((ann.Handle, "Europe/Berlin", "caldav"), (actor!.Handle, actor.TimeZone, actor.Client));
            return true;
        });
    }
}
