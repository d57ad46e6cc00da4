using System.Globalization;
using System.Security.Cryptography;
using Atrium.Kernel;
using Atrium.Testing;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using NetVips;

namespace Atrium.Social.Tests.Clients;

/// <summary>Somebody to whom all has happened that an app has to read, also what is seldom: each app has a world of its own.</summary>
internal sealed class AppWorld(SocialHouse house) : IAsyncDisposable
{
    private const string There = "far.example";

    private const string Page = """
        <html lang="de"><head><meta property="og:title" content="A page"><meta property="og:site_name" content="Far"><meta property="og:image" content="/none.png">
        <meta name="author" content="Ada L."><meta property="article:published_time" content="2026-01-02T03:04:05Z"></head><body>x</body></html>
        """;

    private LoopbackSite? _site;

    /// <summary>What calls name in braces.</summary>
    public Dictionary<string, string> Names { get; } = [];

    public async Task<Person> MakeAsync(string app)
    {
        var (ada, ben, cleo) = (await house.PersonAsync("ada"), await house.PersonAsync("ben"), await house.PersonAsync("cleo"));
        var (dora, emil, gone) = (await house.PersonAsync("dora"), await house.PersonAsync("emil"), await house.PersonAsync("gone"));
        var (mod, boss) = (await house.PersonAsync("mod", Role.Moderator), await house.PersonAsync("boss", Role.Administrator));
        var tag = $"app{ada.Handle}";
        _site = await LoopbackSite.StartAsync(path => ("text/html; charset=utf-8", Page));
        await SignAsync(boss, tag);
        await ada.FollowAsync(ben);
        await ben.FollowAsync(cleo);
        await cleo.FollowAsync(ada);
        (await cleo.PatchAsync("/api/v1/accounts/update_credentials", new { discoverable = true })).Ok();

        var bare = await ben.TootAsync("Nothing else");
        var written = await ada.TootAsync($"Look at {_site.Url}/page #{tag} @{ben.Handle} :{tag}:", "public");
        var media = (await MediaTests.UploadAsync(ada, "A grey square"))["id"];
        (await ada.PostAsync("/api/v1/statuses", new { status = "", spoiler_text = "Grey", media_ids = (string[])[media] })).Ok();
        (await ada.PutAsync($"/api/v1/statuses/{written}", new { status = $"Look again at {_site.Url}/page #{tag} @{ben.Handle} :{tag}:" })).Ok();
        (await ada.PostAsync($"/api/v1/tags/{tag}/feature")).Ok();
        var polled = (await ben.PostAsync("/api/v1/statuses", new { status = "Which?", poll = new { options = (string[])["this", "that"], expires_in = 600, multiple = app == "Tusky" } })).Ok();
        await ben.TootAsync("Among us", audience: "members");
        var quoting = (await ben.PostAsync("/api/v1/statuses", new { status = "See", quoted_status_id = written })).Ok()["id"];
        await ben.TootAsync($"@{ada.Handle} an answer", inReplyTo: written);
        await ben.TootAsync($"@{ada.Handle} psst", "direct");
        (await ben.PostAsync($"/api/v1/statuses/{await cleo.TootAsync("Worth it", "public")}/reblog")).Ok();
        foreach (var verb in (string[])["favourite", "reblog"]) (await cleo.PostAsync($"/api/v1/statuses/{written}/{verb}")).Ok();
        (await ada.PostAsync($"/api/v1/statuses/{bare}/favourite")).Ok();

        var filter = (await ada.PostAsync("/api/v2/filters", new { title = "Not this", context = (string[])["home", "thread"], filter_action = "warn", keywords_attributes = new[] { new { keyword = "wombat", whole_word = true } } })).Ok()["id"];
        var sifted = await ben.TootAsync("A wombat");
        (await ada.PostAsync($"/api/v2/filters/{filter}/statuses", new { status_id = bare })).Ok();

        (await ada.PatchAsync("/api/v2/notifications/policy", new { for_not_following = "filter" })).Ok();
        foreach (var stranger in (Person[])[dora, emil]) await stranger.TootAsync($"@{ada.Handle} hello");
        (await ada.PatchAsync("/api/v1/accounts/update_credentials", new { locked = true })).Ok();
        foreach (var asker in (Person[])[dora, emil]) await asker.FollowAsync(ada);

        var rude = await ada.TootAsync("Rude");
        (await mod.PutAsync($"/api/home/moderation/cases/{await ModerationTests.CaseAsync(mod, ben, $"status:{rude}")}/hidden", new { reason = "Mind the tone" })).Ok();
        (await mod.PutAsync($"/api/home/moderation/cases/{await ModerationTests.CaseAsync(mod, ben, $"account:{await gone.AccountIdAsync()}")}/hidden", new { reason = "Enough" })).Ok();
        var announcement = (await boss.PostAsync("/api/social/announcements", new { text = $"**Party** for {ada.Handle}" })).Ok()["id"];
        (await boss.PutAsync($"/api/social/announcements/{announcement}/publication")).Ok();
        var (remote, foreign) = await FromElsewhereAsync(ada.Handle);
        await SeverAsync(await ada.AccountIdAsync());
        await house.SettledAsync();

        using var key = ECDiffieHellman.Create(ECCurve.NamedCurves.nistP256);
        var q = key.ExportParameters(includePrivateParameters: false).Q;
        foreach (var (name, value) in (ReadOnlySpan<(string, string)>)
        [
            ("site", _site.Url), ("mine", written), ("me", await ada.AccountIdAsync()), ("ben", await ben.AccountIdAsync()), ("benname", ben.Handle), ("cleo", await cleo.AccountIdAsync()), ("asker", await dora.AccountIdAsync()), ("other", await emil.AccountIdAsync()),
            ("gone", await gone.AccountIdAsync()), ("remote", remote), ("foreign", foreign), ("tag", tag), ("bare", bare), ("quoting", quoting), ("sifted", sifted), ("announcement", announcement),
            ("poll", polled.Json.GetProperty("poll").GetProperty("id").GetString()!), ("notice", (await ada.IdsAsync("/api/v1/notifications?types[]=mention"))[0]),
            ("tomorrow", DateTimeOffset.UtcNow.AddDays(1).ToString("yyyy-MM-dd'T'HH:mm:ss'Z'", CultureInfo.InvariantCulture)),
            ("p256dh", Base64([4, .. q.X!, .. q.Y!])), ("auth", Base64(RandomNumberGenerator.GetBytes(16))),
        ]) Names[name] = value;
        return ada;
    }

    public async ValueTask DisposeAsync()
    {
        if (_site is not null) await _site.DisposeAsync();
    }

    private static async Task SignAsync(Person boss, string code)
    {
        using var black = Image.Black(32, 32, bands: 3);
        using var picture = new ByteArrayContent(black.PngsaveBuffer());
        using var form = new MultipartFormDataContent { { new StringContent(code), "shortcode" }, { picture, "image", "sign.png" } };
        (await boss.SendAsync(HttpMethod.Post, "/api/social/emoji", form, [])).Ok();
    }

    private Task<bool> SeverAsync(string account) => house.InScopeAsync(async services =>
    {
        var db = services.GetRequiredService<SocialDb>();
        await db.WriteAsync(ct => services.GetRequiredService<Notifier>().TellOwnAsync(
            new(NoticeType.SeveredRelationships, new(long.Parse(account, CultureInfo.InvariantCulture)), "severed:" + account, Detail: new Severed("domain_block", There, 1, 2).ToDetail()), ct), CancellationToken.None);
        return true;
    });

    private Task<(string Account, string Status)> FromElsewhereAsync(string name) => house.InScopeAsync(async services =>
    {
        var db = services.GetRequiredService<SocialDb>();
        var account = new Account { Username = name, UsernameFolded = name, Domain = There, Uri = $"https://{There}/users/{name}", Url = $"https://{There}/@{name}", CreatedAt = db.Now };
        var status = await db.WriteAsync(
            async ct =>
            {
                db.Accounts.Add(account);
                db.AccountStats.Add(new() { AccountId = account.Id });
                await Audiences.OpenFollowersAsync(db, account, ct);
                var id = await StatusIds.NextAsync(db, ct);
                // A film that could not be fetched, and nothing known of its size.
                var media = new DocumentMedia(Id<Media>.New(), "video", $"https://{There}/film.mp4", null, $"https://{There}/film.mp4", null, null, null, Ready: true);
                db.Statuses.Add(new()
                {
                    Id = id, AccountId = account.Id, Uri = $"https://{There}/users/{name}/statuses/1", Url = $"https://{There}/@{name}/1", IsLocal = false, CreatedAt = db.Now, ThreadRoot = id, ConversationId = Id<Conversation>.New(),
                    Visibility = Visibility.Public, Audience = Audience.Public, Html = "<p>From afar</p>", Plain = "From afar", HasMedia = true, Document = StatusDocument.Empty with { Media = [media] },
                });
                db.StatusStats.Add(new() { StatusId = id });
                return id;
            },
            CancellationToken.None);
        return (account.Id.ToString(), status.ToString());
    });

    private static string Base64(byte[] bytes) => Convert.ToBase64String(bytes).TrimEnd('=').Replace('+', '-').Replace('/', '_');
}
