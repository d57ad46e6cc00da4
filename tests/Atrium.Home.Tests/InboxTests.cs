using System.Net;
using Atrium.Contracts.Home;
using Atrium.Kernel;
using Atrium.Testing;

namespace Atrium.Home.Tests;

public sealed class InboxTests(HomeHouse house)
{
    [Fact]
    public async Task One_key_tells_each_once_though_raised_and_delivered_many_times_at_once()
    {
        var (ada, ben) = (await house.PersonAsync(), await house.PersonAsync());
        var thing = house.Sample.Add("Bread", Audience.Members);
        var raised = new NotificationRaised(SampleRoom.Told, [ada.Id, ben.Id], thing, null, "Bread is here", Once: $"bread/{thing.Key}");
        await Task.WhenAll(Enumerable.Range(0, 12).Select(_ => house.PublishAsync(raised)));
        await Task.WhenAll(Enumerable.Range(0, 4).Select(_ => house.DrainAsync()));
        await SettledAsync();
        Assert.Equal(1, await UnreadAsync(ada));
        Assert.Equal(1, await UnreadAsync(ben));
    }

    [Fact]
    public async Task Nobody_is_told_of_their_own_act()
    {
        var (ada, ben) = (await house.PersonAsync(), await house.PersonAsync());
        await house.TellAsync([ada, ben], by: ada);
        await SettledAsync();
        Assert.Equal(0, await UnreadAsync(ada));
        Assert.Equal(1, await UnreadAsync(ben));
    }

    [Fact]
    public async Task Who_may_not_see_the_subject_when_it_is_delivered_is_not_told()
    {
        var (ada, ben) = (await house.PersonAsync(), await house.PersonAsync());
        var guest = await house.PersonAsync("guest", Role.Guest);
        await house.TellAsync([ada, ben], audience: Audience.Only(ada.Id));
        await house.TellAsync([guest, ben], audience: Audience.Members);
        await SettledAsync();
        Assert.Equal(1, await UnreadAsync(ada));
        Assert.Equal(1, await UnreadAsync(ben));
        Assert.Equal(0, await UnreadAsync(guest));
    }

    [Fact]
    public async Task What_is_gone_tells_nobody()
    {
        var ada = await house.PersonAsync();
        await house.TellAsync([ada], about: new Thing("sample", 42));
        await SettledAsync();
        Assert.Equal(0, await UnreadAsync(ada));
    }

    [Fact]
    public async Task A_mute_silences_exactly_its_cause_until_it_is_lifted()
    {
        var ada = await house.PersonAsync();
        var bread = await house.TellAsync([ada], "Bread");
        var mute = (await ada.PostAsync("/api/home/mutes", new { cause = bread.ToString() })).Ok();
        await house.TellAsync([ada], "Bread", about: bread);
        await house.TellAsync([ada], "Milk");
        await SettledAsync();
        Assert.Equal(2, await UnreadAsync(ada));
        (await ada.DeleteAsync($"/api/home/mutes/{mute["id"]}")).Is(HttpStatusCode.NoContent);
        await house.TellAsync([ada], "Bread", about: bread);
        await SettledAsync();
        Assert.Equal(3, await UnreadAsync(ada));
    }

    [Fact]
    public async Task A_member_chooses_channels_per_kind()
    {
        var ada = await house.PersonAsync();
        (await ada.PutAsync("/api/home/preferences", new { kinds = new Dictionary<string, object> { [SampleRoom.Told] = new { inbox = false, mail = true, push = false } } })).Ok();
        await house.TellAsync([ada], "By mail alone");
        await SettledAsync();
        Assert.Equal(0, await UnreadAsync(ada));
        Assert.Empty((await ada.GetAsync("/api/home/inbox")).Json.GetProperty("items").EnumerateArray());
        Assert.Contains(await house.MailToAsync($"{ada.Handle}@example.org"), m => m.Subject == "By mail alone");
    }

    [Fact]
    public async Task An_unknown_kind_or_hour_is_refused_and_nothing_is_written()
    {
        var ada = await house.PersonAsync();
        (await ada.PutAsync("/api/home/preferences", new { digest_hour = 24 })).Refuses(HttpStatusCode.UnprocessableEntity, "invalid");
        (await ada.PutAsync("/api/home/preferences", new { digest_hour = 7, kinds = new Dictionary<string, object> { ["no.such"] = new { inbox = true } } })).Refuses(HttpStatusCode.UnprocessableEntity, "invalid");
        Assert.Equal(System.Text.Json.JsonValueKind.Null, (await ada.GetAsync("/api/home/preferences")).Json.GetProperty("digest_hour").ValueKind);
    }

    [Fact]
    public async Task Later_happenings_of_one_kind_and_subject_join_the_first()
    {
        var ada = await house.PersonAsync();
        var bread = await house.TellAsync([ada], "Bread", kind: SampleRoom.Bundled);
        await house.TellAsync([ada], "Bread", kind: SampleRoom.Bundled, about: bread);
        await house.TellAsync([ada], "Bread", kind: SampleRoom.Bundled, about: bread);
        await SettledAsync();
        var only = Assert.Single((await ada.GetAsync("/api/home/inbox")).Json.GetProperty("items").EnumerateArray());
        Assert.Equal(3, only.GetProperty("count").GetInt32());
    }

    [Fact]
    public async Task One_a_group_or_all_are_marked_read()
    {
        var ada = await house.PersonAsync();
        var bread = await house.TellAsync([ada], "Bread");
        await house.TellAsync([ada], "Bread", about: bread);
        await house.TellAsync([ada], "Milk");
        await house.TellAsync([ada], "Honey");
        await SettledAsync();
        var id = (await ada.GetAsync("/api/home/inbox?limit=1")).Json.GetProperty("items")[0].GetProperty("id").GetString();
        Assert.Equal("3", (await ada.PutAsync($"/api/home/inbox/{id}/read"))["unread"]);
        Assert.Equal("4", (await ada.DeleteAsync($"/api/home/inbox/{id}/read"))["unread"]);
        Assert.Equal("2", (await ada.PutAsync("/api/home/inbox/read", new { subject = bread.ToString() }))["unread"]);
        Assert.Equal("0", (await ada.PutAsync("/api/home/inbox/read", new { }))["unread"]);
    }

    [Fact]
    public async Task The_list_goes_on_by_cursor_and_costs_few_statements()
    {
        var (ada, ben) = (await house.PersonAsync(), await house.PersonAsync());
        for (var i = 0; i < 7; i++) await house.TellAsync([ada], $"Thing {i}", by: ben);
        await SettledAsync();
        var titles = new List<string>();
        string? cursor = null;
        do
        {
            var page = (await ada.GetAsync($"/api/home/inbox?limit=3{(cursor is null ? "" : $"&cursor={cursor}")}")).Ok();
            Assert.InRange(page.Statements, 1, 5);
            titles.AddRange(page.Json.GetProperty("items").EnumerateArray().Select(n => n.GetProperty("title").GetString()!));
            cursor = page.Json.GetProperty("next").GetString();
        }
        while (cursor is not null);
        // Told in the same moment they may arrive in any order, but each of them once.
        Assert.Equal(Enumerable.Range(0, 7).Select(i => $"Thing {i}"), titles.Order(StringComparer.Ordinal));
    }

    [Fact]
    public async Task An_inbox_is_its_readers_alone()
    {
        var (ada, ben) = (await house.PersonAsync(), await house.PersonAsync());
        await house.TellAsync([ada]);
        await SettledAsync();
        var id = (await ada.GetAsync("/api/home/inbox")).Json.GetProperty("items")[0].GetProperty("id").GetString();
        (await ben.PutAsync($"/api/home/inbox/{id}/read")).Is(HttpStatusCode.NotFound);
        (await ben.PageAsync($"/inbox/{id}")).Is(HttpStatusCode.NotFound);
        (await house.Stranger().GetAsync("/api/home/inbox")).Is(HttpStatusCode.Unauthorized);
        (await ada.With("tasks:read").GetAsync("/api/home/inbox")).Refuses(HttpStatusCode.Forbidden, "insufficient_scope");
        Assert.Equal(1, await UnreadAsync(ada));
    }

    [Fact]
    public async Task The_link_under_a_mail_mutes_by_one_click_without_signing_in()
    {
        var ada = await house.PersonAsync();
        var bread = await house.TellAsync([ada], "Bread to mute", kind: SampleRoom.Mailed);
        var mail = Assert.Single(await house.MailToAsync($"{ada.Handle}@example.org"), m => m.Subject == "Bread to mute");
        var link = mail.TextBody!.Split('\n').Single(l => l.StartsWith("Mute this: ", StringComparison.Ordinal))["Mute this: ".Length..].Trim();
        var path = new Uri(link).PathAndQuery;

        (await house.Stranger().PageAsync(path)).Ok();
        Assert.Empty((await ada.GetAsync("/api/home/mutes")).Json.GetProperty("items").EnumerateArray());
        (await house.Stranger().PageAsync(path + "x")).Is(HttpStatusCode.NotFound);

        (await house.Stranger().PostAsync(path, new FormUrlEncodedContent([new("List-Unsubscribe", "One-Click")]))).Ok();
        var mute = Assert.Single((await ada.GetAsync("/api/home/mutes")).Json.GetProperty("items").EnumerateArray());
        Assert.Equal(bread.ToString(), mute.GetProperty("cause").GetString());
    }

    [Fact]
    public async Task A_title_with_markup_in_it_is_shown_as_text_everywhere()
    {
        const string Evil = "<script>alert(1)</script><b>x";
        var ada = await house.PersonAsync();
        await house.TellAsync([ada], Evil, kind: SampleRoom.Mailed);
        await SettledAsync();
        foreach (var path in (string[])["/inbox", "/", "/inbox?all=true"])
        {
            var page = (await ada.PageAsync(path)).Ok();
            Assert.DoesNotContain("<script>alert", page.Body, StringComparison.Ordinal);
            Assert.Contains("&lt;script&gt;alert(1)", page.Body, StringComparison.Ordinal);
        }

        var mail = Assert.Single(await house.MailToAsync($"{ada.Handle}@example.org"), m => m.Subject == Evil);
        Assert.DoesNotContain("<script>alert", mail.HtmlBody, StringComparison.Ordinal);
    }

    private async Task<int> UnreadAsync(Person person) => (await person.GetAsync("/api/home/inbox/count")).Ok().Json.GetProperty("unread").GetInt32();

    // The house's own worker may hold a message while the test drains: wait until its outbox is empty.
    private Task SettledAsync() => house.SettledAsync();
}
