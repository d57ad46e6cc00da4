using System.Net;
using System.Text.RegularExpressions;
using Atrium.Testing;
using Microsoft.Extensions.DependencyInjection;

namespace Atrium.Social.Tests;

/// <summary>Films, sounds and second thoughts, by forms alone.</summary>
public sealed partial class WritingPageTests(SocialHouse house)
{
    [Fact]
    public async Task A_form_posts_a_film_and_a_sound_and_the_post_plays_them()
    {
        var (ada, ben) = (await house.PersonAsync("ada"), await house.PersonAsync("ben"));
        var film = await WriteAsync(ada, [("file1", SampleMedia.Mp4("x"), "film.mp4")], ("text", "Look"), ("alt1", "A cat"), ("audience", "public"));
        film.Is(HttpStatusCode.SeeOther);
        var sound = await WriteAsync(ada, [("file2", SampleMedia.Ogg("x", opus: false), "song.ogg")], ("text", "Listen"), ("alt2", "A bell"), ("audience", "public"));
        sound.Is(HttpStatusCode.SeeOther);
        var profile = (await ben.PageAsync($"/@{ada.Handle}")).Ok().Body;
        Assert.Matches("<video [^>]*src=\"[^\"]+\"[^>]*aria-label=\"A cat\"", profile);
        Assert.Matches("<audio [^>]*src=\"[^\"]+\"[^>]*aria-label=\"A bell\"", profile);
    }

    [Fact]
    public async Task A_held_film_is_played_in_the_form_that_edits_its_post()
    {
        var ada = await house.PersonAsync("ada");
        var sent = await WriteAsync(ada, [("file1", SampleMedia.Webm("x"), "film.webm")], ("text", "Look"), ("alt1", "A cat"), ("audience", "public"), ("back", "/social"));
        var id = sent.Is(HttpStatusCode.SeeOther).Headers["Location"].Split("post-")[1];
        var form = (await ada.PageAsync($"/social/posts/{id}/edit")).Ok().Body;
        Assert.Matches("class=\"held-picture\">\\s*<video [^>]*src=", form);
        Assert.Contains("Take this film out", form, StringComparison.Ordinal);
        Assert.DoesNotContain("<img src alt", form, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_form_offers_what_the_interface_advertises_and_says_why_a_file_is_refused()
    {
        var ada = await house.PersonAsync("ada");
        var types = (await ada.GetAsync("/api/v2/instance")).Ok().Json.GetProperty("configuration").GetProperty("media_attachments").GetProperty("supported_mime_types").EnumerateArray().Select(t => t.GetString());
        Assert.Contains($"accept=\"{string.Join(',', types)}\"", (await ada.PageAsync("/social/new")).Ok().Body, StringComparison.Ordinal);

        var drawing = await WriteAsync(ada, [("file1", SampleMedia.Wav("x"), "bell.wav"), ("file2", "<svg xmlns='http://www.w3.org/2000/svg'/>"u8.ToArray(), "plan.svg")], ("text", "Two files"), ("alt1", "A bell"), ("audience", "public"));
        drawing.Is(HttpStatusCode.UnprocessableEntity);
        Assert.Contains("File content type is invalid", drawing.Body, StringComparison.Ordinal);
        Assert.Contains("Two files", drawing.Body, StringComparison.Ordinal);
        // What came before the refusal is still held.
        Assert.Contains("<audio", drawing.Body, StringComparison.Ordinal);
        Assert.Contains("A bell", drawing.Body, StringComparison.Ordinal);

        var whole = SampleMedia.Mp4("x");
        var broken = await WriteAsync(ada, [("file1", whole[..(whole.Length / 2)], "broken.mp4")], ("text", "Broken"), ("audience", "public"));
        broken.Is(HttpStatusCode.UnprocessableEntity);
        Assert.Contains("broken.mp4: ", broken.Body, StringComparison.Ordinal);
        Assert.Contains("aria-invalid=\"true\"", broken.Body, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_post_is_taken_back_and_written_anew_with_all_that_it_had()
    {
        var ada = await house.PersonAsync("ada");
        var sent = await WriteAsync(
            ada, [("file1", SampleMedia.Wav("x"), "bell.wav")], ("text", "First *draft*"), ("spoiler", "A bell"), ("sensitive", "true"), ("alt1", "It rings"), ("audience", "members"), ("markdown", "true"), ("quotes", "nobody"), ("back", "/social"));
        var id = sent.Is(HttpStatusCode.SeeOther).Headers["Location"].Split("post-")[1];
        var answer = (await ada.FormAsync($"/social/posts/{id}/redraft")).Is(HttpStatusCode.SeeOther);
        (await ada.GetAsync($"/api/v1/statuses/{id}")).Is(HttpStatusCode.NotFound);
        var form = (await ada.PageAsync(answer.Headers["Location"])).Ok().Body;
        foreach (var kept in (string[])["First *draft*", "value=\"A bell\"", "It rings", "<audio", "value=\"members\" selected", "name=\"markdown\" value=\"true\" checked", "name=\"sensitive\" value=\"true\" checked"])
            Assert.Contains(kept, form, StringComparison.Ordinal);
        var media = MediaField().Match(form).Groups["id"].Value;
        var draft = DraftField().Match(form).Groups["id"].Value;
        var again = (await ada.FormAsync("/social/posts", ("text", "Second draft"), ("media", media), ($"alt{media}", "It rings"), ("draft", draft), ("audience", "members"), ("back", "/social"))).Is(HttpStatusCode.SeeOther);
        var post = (await ada.GetAsync($"/api/v1/statuses/{again.Headers["Location"].Split("post-")[1]}")).Ok();
        Assert.Equal(("members", 1), (post["audience"], post.Json.GetProperty("media_attachments").GetArrayLength()));
        Assert.Equal(0, (await ada.GetAsync("/api/social/drafts")).Ok().Json.GetArrayLength());
    }

    [Fact]
    public async Task A_poll_and_what_was_answered_come_back_too_and_of_others_nothing_is_taken_back()
    {
        var (ada, ben) = (await house.PersonAsync("ada"), await house.PersonAsync("ben"));
        var asked = await ben.TootAsync("When?", "public");
        var id = (await ada.PostAsync("/api/v1/statuses", new { status = "Which evening?", in_reply_to_id = asked, poll = new { options = new[] { "Friday", "Saturday" }, expires_in = 7 * 86400, multiple = true } })).Ok()["id"];
        (await ben.FormAsync($"/social/posts/{id}/redraft")).Is(HttpStatusCode.NotFound);
        (await ada.GetAsync($"/api/v1/statuses/{id}")).Ok();
        var form = (await ada.PageAsync((await ada.FormAsync($"/social/posts/{id}/redraft")).Is(HttpStatusCode.SeeOther).Headers["Location"])).Ok().Body;
        foreach (var kept in (string[])["value=\"Friday\"", "value=\"Saturday\"", "value=\"7\" selected", "name=\"multiple\" value=\"true\" checked", $"name=\"reply_to\" value=\"{asked}\""])
            Assert.Contains(kept, form, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Who_may_quote_is_said_in_the_form()
    {
        var ada = await house.PersonAsync("ada");
        var sent = (await ada.FormAsync("/social/posts", ("text", "Mine alone"), ("audience", "public"), ("quotes", "nobody"), ("back", "/social"))).Is(HttpStatusCode.SeeOther);
        var id = sent.Headers["Location"].Split("post-")[1];
        Assert.Empty((await ada.GetAsync($"/api/v1/statuses/{id}")).Ok().Json.GetProperty("quote_approval").GetProperty("automatic").EnumerateArray());
        Assert.Contains("value=\"nobody\" selected", (await ada.PageAsync($"/social/posts/{id}/edit")).Ok().Body, StringComparison.Ordinal);
        (await ada.FormAsync($"/social/posts/{id}/edit", ("text", "For all"), ("quotes", "public"))).Is(HttpStatusCode.SeeOther);
        Assert.NotEmpty((await ada.GetAsync($"/api/v1/statuses/{id}")).Ok().Json.GetProperty("quote_approval").GetProperty("automatic").EnumerateArray());
    }

    [Fact]
    public async Task Who_quotes_a_post_stands_on_a_page_and_its_author_takes_it_out()
    {
        var (ada, ben) = (await house.PersonAsync("ada"), await house.PersonAsync("ben"));
        var quoted = await ada.TootAsync("The original words", "public");
        var quoting = (await ben.PostAsync("/api/v1/statuses", new { status = "Look at that", quoted_status_id = quoted, visibility = "public" })).Ok()["id"];
        Assert.Contains($"/@{ada.Handle}/{quoted}/quotes", (await ben.PageAsync($"/@{ada.Handle}/{quoted}")).Ok().Body, StringComparison.Ordinal);
        var (mine, theirs) = ((await ada.PageAsync($"/@{ada.Handle}/{quoted}/quotes")).Ok().Body, (await ben.PageAsync($"/@{ada.Handle}/{quoted}/quotes")).Ok().Body);
        foreach (var page in (string[])[mine, theirs]) Assert.Contains("Look at that", page, StringComparison.Ordinal);
        Assert.Contains("Take my post out", mine, StringComparison.Ordinal);
        Assert.DoesNotContain("Take my post out", theirs, StringComparison.Ordinal);
        (await ben.FormAsync($"/social/posts/{quoted}/quotes/{quoting}/revoke")).Is(HttpStatusCode.NotFound);
        (await ada.FormAsync($"/social/posts/{quoted}/quotes/{quoting}/revoke", ("back", $"/@{ada.Handle}/{quoted}/quotes"))).Is(HttpStatusCode.SeeOther);
        Assert.DoesNotContain("Look at that", (await ada.PageAsync($"/@{ada.Handle}/{quoted}/quotes")).Ok().Body, StringComparison.Ordinal);
        var left = (await house.Stranger().PageAsync($"/@{ben.Handle}/{quoting}")).Ok().Body;
        Assert.Contains("The quoted post cannot be shown", left, StringComparison.Ordinal);
        Assert.DoesNotContain("The original words", left, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_post_for_everyone_says_where_other_sites_learn_to_show_it_and_no_other_does()
    {
        var ada = await house.PersonAsync("ada");
        using var stranger = house.Stranger();
        var open = await ada.TootAsync("For the world", "public");
        var link = EmbedLink().Match(WebUtility.HtmlDecode((await stranger.PageAsync($"/@{ada.Handle}/{open}")).Ok().Body));
        Assert.True(link.Success);
        var address = link.Groups["href"].Value;
        Assert.StartsWith(house.Url, address, StringComparison.Ordinal);
        Assert.Contains("For the world", (await stranger.GetAsync(address[house.Url.Length..])).Ok()["html"], StringComparison.Ordinal);
        foreach (var audience in (string[])["private", "direct"])
            Assert.DoesNotContain("oembed", (await ada.PageAsync($"/@{ada.Handle}/{await ada.TootAsync("For some", audience)}")).Ok().Body, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_feeds_address_shadows_nobodys_profile()
    {
        var ada = await house.PersonAsync("ada");
        await ada.TootAsync("In the feed", "public");
        Assert.Contains("In the feed", (await house.Stranger().GetAsync($"/@{ada.Handle}.rss")).Ok().Body, StringComparison.Ordinal);
        // A handle of the house has no dot; a server's name may end as it likes.
        await ElsewhereAsync(ada.Handle, "news.rss");
        Assert.Contains("The other Ada", (await ada.PageAsync($"/@{ada.Handle}@news.rss")).Ok().Body, StringComparison.Ordinal);
    }

    [Fact]
    public async Task The_profile_of_somebody_whose_server_is_named_like_another_warns()
    {
        var ada = await house.PersonAsync("ada");
        // The first letter of one is Cyrillic; the other is a word of one script.
        foreach (var (domain, shown, warns) in ((string, string, bool)[])[("xn--pple-43d.example", "xn--pple-43d.example", true), ("xn--mnchen-3ya.example", "münchen.example", false)])
        {
            await ElsewhereAsync(ada.Handle, domain);
            var page = await Rendered(ada, $"/@{ada.Handle}@{domain}");
            Assert.Contains($"@{ada.Handle}@{shown}", page, StringComparison.Ordinal);
            Assert.Equal(warns, page.Contains("This address mixes letters of several scripts. It may not be who you think it is.", StringComparison.Ordinal));
        }
    }

    private static async Task<string> Rendered(Caller caller, string path) => System.Net.WebUtility.HtmlDecode((await caller.PageAsync(path)).Ok().Body);

    private Task<bool> ElsewhereAsync(string name, string domain) => house.InScopeAsync(async services =>
    {
        var db = services.GetRequiredService<SocialDb>();
        var account = new Account { Username = name, UsernameFolded = name, Domain = domain, Uri = $"https://{domain}/users/{name}", Url = $"https://{domain}/@{name}", DisplayName = "The other Ada", CreatedAt = db.Now };
        await db.WriteAsync(
            async ct =>
            {
                db.Accounts.Add(account);
                db.AccountStats.Add(new() { AccountId = account.Id });
                await Audiences.OpenFollowersAsync(db, account, ct);
            },
            CancellationToken.None);
        return true;
    });

    [GeneratedRegex("name=\"media\" value=\"(?<id>\\d+)\"", RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex MediaField();

    [GeneratedRegex("name=\"draft\" value=\"(?<id>\\d+)\"", RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex DraftField();

    [GeneratedRegex("<link rel=\"alternate\" type=\"application/json\\+oembed\" href=\"(?<href>[^\"]+)\"", RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex EmbedLink();

    private static async Task<Answer> WriteAsync(Caller caller, (string Field, byte[] Bytes, string Name)[] files, params (string Name, string Value)[] fields)
    {
        using var form = new MultipartFormDataContent();
        foreach (var (name, value) in fields) form.Add(new StringContent(value), name);
        foreach (var (field, bytes, name) in files) form.Add(new ByteArrayContent(bytes), field, name);
        return await caller.SendAsync(HttpMethod.Post, "/social/posts", form, [("Sec-Fetch-Site", "same-origin"), ("Accept", "text/html")]);
    }
}
