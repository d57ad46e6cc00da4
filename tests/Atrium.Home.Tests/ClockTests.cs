using System.Buffers.Text;
using System.Net;
using System.Security.Cryptography;
using System.Text.Json;
using Atrium.Kernel;
using Atrium.Kernel.Outbox;
using Atrium.Testing;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;

namespace Atrium.Home.Tests;

/// <summary>What hours do: the digest by mail, quiet, and the ring of a browser far away. These run one after the other, so each may move the clock.</summary>
public sealed class ClockTests(ClockHouse house) : IClassFixture<ClockHouse>
{
    [Fact]
    public async Task A_digest_comes_at_its_hour_once_a_day_and_only_with_something_to_say()
    {
        house.GoTo(6);
        var ada = await house.PersonAsync();
        (await ada.PutAsync("/api/home/preferences", new { digest_hour = 7 })).Ok();
        await house.TellAsync([ada], "Bread");
        await house.RunRecurringAsync("SendDigests");
        Assert.Empty(await DigestsAsync(ada));

        house.GoTo(7, 10);
        house.Sample.Dates[ada.Id] = new(new("sample", 1), "sample", "Bake the bread", null, "/sample/1", house.Time.GetUtcNow().AddHours(2), false);
        for (var look = 0; look < 3; look++)
        {
            await house.RunRecurringAsync("SendDigests");
            house.Time.Advance(TimeSpan.FromMinutes(15));
        }

        var mail = Assert.Single(await DigestsAsync(ada));
        Assert.Contains("Bake the bread", mail.TextBody, StringComparison.Ordinal);
        Assert.Contains("09:10", mail.TextBody, StringComparison.Ordinal);
        Assert.Contains("Something about Bread", mail.TextBody, StringComparison.Ordinal);
        Assert.Contains("/settings/notifications", mail.TextBody, StringComparison.Ordinal);

        house.GoTo(7, 5);
        await house.TellAsync([ada], "Milk");
        await house.RunRecurringAsync("SendDigests");
        Assert.Equal(2, (await DigestsAsync(ada)).Count);

        (await ada.PutAsync("/api/home/inbox/read", new { })).Ok();
        house.GoTo(7, 5);
        await house.RunRecurringAsync("SendDigests");
        Assert.Equal(2, (await DigestsAsync(ada)).Count);
    }

    [Fact]
    public async Task What_is_mailed_once_a_day_comes_together_in_the_morning_as_far_as_it_waits()
    {
        house.GoTo(12);
        var (ada, ben) = (await house.PersonAsync(), await house.PersonAsync());
        await house.TellAsync([ada, ben], "First", kind: SampleRoom.Daily);
        await house.TellAsync([ada], "Second", kind: SampleRoom.Daily);
        var hidden = await house.TellAsync([ada], "Third", kind: SampleRoom.Daily);
        await house.TellAsync([ada], "Elsewhere");
        (await ben.PutAsync("/api/home/inbox/read", new { })).Ok();
        house.GoTo(7, 59);
        Assert.Empty(await MailAsync(ada));
        house.Sample.Cards[hidden.Key] = house.Sample.Cards[hidden.Key] with { Audience = Audience.Only(ben.Id) };
        house.GoTo(8);
        var mail = Assert.Single(await MailAsync(ada));
        Assert.Equal("2 things wait for you", mail.Subject);
        Assert.Contains("Something about First", mail.TextBody, StringComparison.Ordinal);
        Assert.DoesNotContain("Third", mail.TextBody, StringComparison.Ordinal);
        Assert.DoesNotContain("Elsewhere", mail.TextBody, StringComparison.Ordinal);
        Assert.Empty(await MailAsync(ben));

        // The next morning has nothing new; the one after that has, but not for who turned mail off.
        house.GoTo(8);
        Assert.Single(await MailAsync(ada));
        (await ben.PutAsync("/api/home/preferences", new { kinds = new Dictionary<string, object> { [SampleRoom.Daily] = new { inbox = true, mail = false, push = false } } })).Ok();
        await house.TellAsync([ada, ben], "Fourth", kind: SampleRoom.Daily);
        house.GoTo(8);
        Assert.Equal(2, (await MailAsync(ada)).Count);
        Assert.Empty(await MailAsync(ben));
    }

    [Fact]
    public async Task Who_is_away_for_three_days_is_mailed_what_waits_all_at_once_and_once_a_day()
    {
        house.GoTo(12);
        var (ada, ben, cleo) = (await house.PersonAsync(), await house.PersonAsync(), await house.PersonAsync());
        await house.TellAsync([ada, ben, cleo], "First", kind: SampleRoom.Away);
        await house.TellAsync([ada], "Second", kind: SampleRoom.Away);
        house.Time.Advance(TimeSpan.FromDays(2));
        await SignInAsync(ben);
        (await cleo.PutAsync("/api/home/inbox/read", new { })).Ok();
        Assert.Empty(await MailAsync(ada));
        house.Time.Advance(TimeSpan.FromDays(1));
        Assert.Equal("2 things wait for you", Assert.Single(await MailAsync(ada)).Subject);
        house.Time.Advance(TimeSpan.FromDays(4));
        Assert.Single(await MailAsync(ada));
        Assert.Empty(await MailAsync(ben));
        Assert.Empty(await MailAsync(cleo));

        // Who is away already is told soon, and not again the same day.
        await house.TellAsync([ada], "Third", kind: SampleRoom.Away);
        house.Time.Advance(TimeSpan.FromMinutes(16));
        Assert.Equal(2, (await MailAsync(ada)).Count);
        await house.TellAsync([ada], "Fourth", kind: SampleRoom.Away);
        house.Time.Advance(TimeSpan.FromHours(12));
        Assert.Equal(2, (await MailAsync(ada)).Count);
        house.Time.Advance(TimeSpan.FromHours(13));
        var mails = await MailAsync(ada);
        Assert.Equal(3, mails.Count);
        Assert.Contains("Something about Fourth", mails[2].TextBody, StringComparison.Ordinal);
        Assert.DoesNotContain("Third", mails[2].TextBody, StringComparison.Ordinal);
    }

    [Fact]
    public async Task What_nobody_can_refuse_is_mailed_whatever_they_chose()
    {
        var ada = await house.PersonAsync();
        (await ada.PutAsync("/api/home/preferences", new { kinds = new Dictionary<string, object> { [SampleRoom.Stern] = new { inbox = false, mail = false, push = false } } })).Ok();
        await house.TellAsync([ada], "Stern", kind: SampleRoom.Stern);
        Assert.Single(await MailAsync(ada));
        Assert.Contains("disabled", (await ada.GetAsync("/settings/notifications")).Ok().Body.Split("Something nobody can refuse: mail, always")[0][^200..], StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_push_waits_until_quiet_is_over_and_only_its_browser_can_read_it()
    {
        await using var far = await Receiver.StartAsync(201);
        using var phone = ECDiffieHellman.Create(ECCurve.NamedCurves.nistP256);
        var secret = RandomNumberGenerator.GetBytes(16);
        house.GoTo(12);
        var ada = await SubscribedAsync(far.Url, phone, secret);
        (await ada.PutAsync("/api/home/preferences", new { quiet_from = 22, quiet_until = 7 })).Ok();

        await house.TellAsync([ada], "Bread at noon", kind: SampleRoom.Rung);
        var rung = Assert.Single(far.All);
        Assert.Equal("aes128gcm", rung.Headers["Content-Encoding"]);
        Assert.StartsWith("vapid t=", rung.Headers["Authorization"], StringComparison.Ordinal);
        var said = JsonDocument.Parse(PushReader.Read(rung.Bytes, phone, secret)).RootElement;
        Assert.Equal("Bread at noon", said.GetProperty("title").GetString());
        Assert.Equal("Something about Bread at noon", said.GetProperty("body").GetString());
        Assert.StartsWith("/sample/", said.GetProperty("href").GetString(), StringComparison.Ordinal);

        house.GoTo(23, 30);
        await house.TellAsync([ada], "Bread at night", kind: SampleRoom.Rung);
        var read = await house.TellAsync([ada], "Read at night", kind: SampleRoom.Rung);
        house.GoTo(6, 59);
        await house.DrainAsync();
        Assert.Single(far.All);
        Assert.Equal(3, (await ada.GetAsync("/api/home/inbox")).Json.GetProperty("items").GetArrayLength());
        var notice = (await ada.GetAsync("/api/home/inbox")).Json.GetProperty("items").EnumerateArray().Single(n => n.GetProperty("subject").GetString() == read.ToString());
        (await ada.PutAsync($"/api/home/inbox/{notice.GetProperty("id").GetString()}/read")).Ok();

        house.GoTo(7);
        await house.DrainAsync();
        Assert.Equal(2, far.All.Count);
        Assert.Contains("Bread at night", System.Text.Encoding.UTF8.GetString(PushReader.Read(far.All[1].Bytes, phone, secret)), StringComparison.Ordinal);
    }

    [Fact]
    public async Task However_often_a_line_is_handled_each_browser_rings_once()
    {
        await using var far = await Receiver.StartAsync(201);
        using var phone = ECDiffieHellman.Create(ECCurve.NamedCurves.nistP256);
        house.GoTo(12);
        var ada = await SubscribedAsync(far.Url, phone, RandomNumberGenerator.GetBytes(16));
        await AlsoAsync(ada, far.Url + "/tablet", phone, RandomNumberGenerator.GetBytes(16));
        await house.TellAsync([ada], "Once", kind: SampleRoom.Rung);
        Assert.Equal(2, far.All.Count);
        var notice = await house.InScopeAsync(s => s.GetRequiredService<HomeDb>().Notices.Where(n => n.MemberId == ada.Id).Select(n => n.Id).SingleAsync());
        await Task.WhenAll(Enumerable.Range(0, 5).Select(i => house.InScopeAsync(async s =>
        {
            await ActivatorUtilities.CreateInstance<PushNotice>(s).HandleAsync(new NoticePushDue(notice), new(Id<OutboxMessage>.New(), i + 1, house.Time.GetUtcNow()), CancellationToken.None);
            return true;
        })));
        Assert.Equal(2, far.All.Count);
    }

    [Fact]
    public async Task What_was_taken_up_before_a_crash_is_not_sent_after_it_but_what_was_not_is()
    {
        await using var far = await Receiver.StartAsync(201);
        using var phone = ECDiffieHellman.Create(ECCurve.NamedCurves.nistP256);
        house.GoTo(12);
        var ada = await house.PersonAsync();
        await house.TellAsync([ada], "Half", kind: SampleRoom.Rung);
        await AlsoAsync(ada, far.Url + "/first", phone, RandomNumberGenerator.GetBytes(16));
        await AlsoAsync(ada, far.Url + "/second", phone, RandomNumberGenerator.GetBytes(16));
        await house.InScopeAsync(async s =>
        {
            var db = s.GetRequiredService<HomeDb>();
            var notice = await db.Notices.Where(n => n.MemberId == ada.Id).Select(n => n.Id).SingleAsync();
            var first = await db.PushDevices.Where(d => d.MemberId == ada.Id).OrderBy(d => d.Id).Select(d => d.Id).FirstAsync();
            db.PushClaims.Add(new() { NoticeId = notice, PushId = first, Attempts = 1, At = db.Now });
            await db.SaveChangesAsync();
            await ActivatorUtilities.CreateInstance<PushNotice>(s).HandleAsync(new NoticePushDue(notice), new(Id<OutboxMessage>.New(), 2, db.Now), CancellationToken.None);
            return true;
        });
        Assert.Equal("/hook/second", Assert.Single(far.All).Path);
    }

    [Fact]
    public async Task A_busy_push_server_is_asked_again_when_it_says_but_not_at_night_and_another_failure_is_left_alone()
    {
        var asked = 0;
        await using var far = await FarEnd.StartAsync(http =>
        {
            var time = Interlocked.Increment(ref asked);
            http.Response.StatusCode = time switch { 1 => 429, 2 => 503, 3 => 201, _ => 500 };
            http.Response.Headers.RetryAfter = time switch { 1 => "120", 2 => "36000", _ => default };
            return Task.CompletedTask;
        });
        using var phone = ECDiffieHellman.Create(ECCurve.NamedCurves.nistP256);
        house.GoTo(13);
        var ada = await SubscribedAsync(far.Address.AbsoluteUri, phone, RandomNumberGenerator.GetBytes(16));
        (await ada.PutAsync("/api/home/preferences", new { quiet_from = 22, quiet_until = 7 })).Ok();
        await house.TellAsync([ada], "Busy", kind: SampleRoom.Rung);
        house.Time.Advance(TimeSpan.FromSeconds(119));
        await house.DrainAsync();
        Assert.Equal(1, asked);
        house.Time.Advance(TimeSpan.FromSeconds(1));
        await house.DrainAsync();
        Assert.Equal(2, asked);
        // Ten hours on it is night.
        house.GoTo(6, 59);
        await house.DrainAsync();
        Assert.Equal(2, asked);
        house.GoTo(7);
        await house.DrainAsync();
        Assert.Equal(3, asked);

        await house.TellAsync([ada], "Broken", kind: SampleRoom.Rung);
        Assert.Equal(4, asked);
        house.Time.Advance(TimeSpan.FromDays(1));
        await house.DrainAsync();
        Assert.Equal(4, asked);
    }

    [Fact]
    public async Task A_browser_that_is_gone_is_forgotten()
    {
        await using var far = await Receiver.StartAsync(410);
        using var phone = ECDiffieHellman.Create(ECCurve.NamedCurves.nistP256);
        var ada = await SubscribedAsync(far.Url, phone, RandomNumberGenerator.GetBytes(16));
        Assert.Single((await ada.GetAsync("/api/home/push")).Json.EnumerateArray());
        await house.TellAsync([ada], "Into the void", kind: SampleRoom.Rung);
        Assert.Single(far.All);
        Assert.Empty((await ada.GetAsync("/api/home/push")).Json.EnumerateArray());
    }

    [Fact]
    public async Task An_address_that_no_browser_gives_is_refused()
    {
        var ada = await house.PersonAsync();
        (await ada.PostAsync("/api/home/push", new { endpoint = "ftp://push.example/1", keys = new { p256dh = new string('A', 87), auth = new string('A', 22) } })).Is(HttpStatusCode.UnprocessableEntity);
        (await ada.PostAsync("/api/home/push", new { endpoint = "https://push.example/1", keys = new { p256dh = "", auth = "" } })).Is(HttpStatusCode.UnprocessableEntity);
    }

    [Fact]
    public async Task A_year_after_it_was_closed_a_case_says_nothing_of_anybody()
    {
        var (ada, owner, mod) = (await house.PersonAsync(), await house.PersonAsync(), await house.PersonAsync("mod", Role.Moderator));
        foreach (var closed in (bool[])[true, false])
        {
            var thing = house.Sample.Add("Bad words", Audience.Members, owner.Id);
            (await ada.PostAsync("/api/home/reports", new { thing = thing.ToString(), category = "spam", comment = "Of my neighbour" })).Is(HttpStatusCode.Created);
            var @case = (await mod.GetAsync("/api/home/moderation/cases?limit=100")).Ok().Json.GetProperty("items").EnumerateArray().Single(c => c.GetProperty("thing").GetString() == thing.ToString()).GetProperty("id").GetString();
            (await mod.PostAsync($"/api/home/moderation/cases/{@case}/notes", new { text = "I know them" })).Is(HttpStatusCode.Created);
            if (closed) (await mod.PutAsync($"/api/home/moderation/cases/{@case}/closure", new { dismissed = true, outcome = "A quarrel" })).Ok();
        }

        await house.RunRecurringAsync(nameof(PruneHome));
        Assert.Equal((2, 2, 2), await CountAsync());
        house.Time.Advance(TimeSpan.FromDays(367));
        await house.RunRecurringAsync(nameof(PruneHome));
        Assert.Equal((1, 1, 1), await CountAsync());

        Task<(int Cases, int Reports, int Notes)> CountAsync() => house.InScopeAsync(async s =>
        {
            var db = s.GetRequiredService<HomeDb>();
            return (await db.Cases.CountAsync(c => c.OwnerId == owner.Id && c.Title == "Bad words"), await db.Reports.CountAsync(r => r.ReporterId == ada.Id && r.Comment != null), await db.CaseNotes.CountAsync(n => n.AuthorId == mod.Id));
        });
    }

    private async Task<Person> SubscribedAsync(string endpoint, ECDiffieHellman phone, byte[] secret)
    {
        var ada = await house.PersonAsync();
        await AlsoAsync(ada, endpoint, phone, secret);
        return ada;
    }

    private static async Task AlsoAsync(Person person, string endpoint, ECDiffieHellman phone, byte[] secret)
    {
        var point = phone.ExportParameters(false).Q;
        (await person.PostAsync("/api/home/push", new { endpoint, keys = new { p256dh = Base64Url.EncodeToString([4, .. point.X!, .. point.Y!]), auth = Base64Url.EncodeToString(secret) } })).Ok();
    }

    private async Task SignInAsync(Person person)
    {
        using var browser = house.Stranger();
        await browser.FormAsync("/sign-in", ("login", person.Handle), ("password", Person.Password));
    }

    private Task<IReadOnlyList<MimeKit.MimeMessage>> MailAsync(Person person) => house.MailToAsync($"{person.Handle}@example.org");

    private async Task<IReadOnlyList<MimeKit.MimeMessage>> DigestsAsync(Person person) =>
        [.. (await house.MailToAsync($"{person.Handle}@example.org")).Where(m => m.Subject!.StartsWith("Your day", StringComparison.Ordinal))];
}
