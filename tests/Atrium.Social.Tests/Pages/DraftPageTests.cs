using System.Globalization;
using System.Net;
using System.Text.RegularExpressions;
using Atrium.Testing;

namespace Atrium.Social.Tests;

/// <summary>What was begun and what waits, by forms.</summary>
public sealed partial class DraftPageTests(SocialHouse house)
{
    [Fact]
    public async Task A_draft_is_kept_written_on_and_goes_when_it_is_posted()
    {
        var (ada, ben) = (await house.PersonAsync("ada"), await house.PersonAsync("ben"));
        var parent = await ben.TootAsync("Who brings cups?", "public");
        (await ada.FormAsync("/social/drafts", ("text", "Two loaves"), ("spoiler", "Bread"), ("audience", "members"), ("option1", "Rye"), ("option2", "Wheat"), ("poll_days", "7"), ("reply_to", parent))).Is(HttpStatusCode.SeeOther);
        var page = (await ada.PageAsync("/social/drafts")).Is(HttpStatusCode.OK).Body;
        Assert.Contains("Two loaves", page, StringComparison.Ordinal);
        var id = Draft().Match(page).Groups[1].Value;

        var form = (await ada.PageAsync($"/social/new?draft={id}")).Is(HttpStatusCode.OK).Body;
        Assert.Contains($"name=\"draft\" value=\"{id}\"", form, StringComparison.Ordinal);
        Assert.Contains("value=\"Bread\"", form, StringComparison.Ordinal);
        Assert.Contains("value=\"Wheat\"", form, StringComparison.Ordinal);
        Assert.Contains($"name=\"reply_to\" value=\"{parent}\"", form, StringComparison.Ordinal);
        (await ben.PageAsync($"/social/new?draft={id}")).Is(HttpStatusCode.NotFound);
        (await ben.FormAsync($"/social/drafts/{id}/delete")).Is(HttpStatusCode.NotFound);
        (await ben.FormAsync("/social/drafts", ("text", "taken over"), ("draft", id))).Is(HttpStatusCode.NotFound);
        Assert.Equal("Two loaves", (await ada.GetAsync($"/api/social/drafts/{id}")).Ok()["text"]);

        (await ada.FormAsync("/social/drafts", ("text", "Three loaves"), ("draft", id))).Is(HttpStatusCode.SeeOther);
        Assert.Equal("Three loaves", (await ada.GetAsync($"/api/social/drafts/{id}")).Ok()["text"]);
        (await ada.FormAsync("/social/posts", ("text", "Three loaves"), ("audience", "members"), ("draft", id), ("back", "/social"))).Is(HttpStatusCode.SeeOther);
        (await ada.GetAsync($"/api/social/drafts/{id}")).Is(HttpStatusCode.NotFound);
        Assert.Contains("Three loaves", (await ada.PageAsync($"/@{ada.Handle}")).Body, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_draft_kept_by_script_answers_its_id_and_changes_in_place()
    {
        var ada = await house.PersonAsync("ada");
        async Task<string> KeepAsync(string text, string? id)
        {
            using var form = new FormUrlEncodedContent([KeyValuePair.Create("text", text), .. id is null ? [] : new[] { KeyValuePair.Create("draft", id) }]);
            return (await ada.SendAsync(HttpMethod.Post, "/social/drafts", form, [("Sec-Fetch-Site", "same-origin"), ("X-Part", "draft")])).Is(HttpStatusCode.OK).Body;
        }

        var first = await KeepAsync("Dear", null);
        Assert.Equal(first, await KeepAsync("Dear all", first));
        var drafts = (await ada.GetAsync("/api/social/drafts")).Ok().Json;
        Assert.Equal((1, "Dear all"), (drafts.GetArrayLength(), drafts[0].GetProperty("text").GetString()));
    }

    [Fact]
    public async Task What_is_changed_by_an_app_keeps_the_poll_that_the_page_gave_it()
    {
        var ada = await house.PersonAsync("ada");
        (await ada.FormAsync("/social/drafts", ("text", "Which?"), ("option1", "This"), ("option2", "That"))).Is(HttpStatusCode.SeeOther);
        var id = (await ada.GetAsync("/api/social/drafts")).Ok().Json[0].GetProperty("id").GetString();
        (await ada.PutAsync($"/api/social/drafts/{id}", new { text = "Which one?" })).Ok();
        Assert.Contains("value=\"That\"", (await ada.PageAsync($"/social/new?draft={id}")).Body, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_scheduled_post_is_edited_moved_posted_at_once_and_thrown_away()
    {
        var ada = await house.PersonAsync("ada", timeZone: "Europe/Berlin");
        var (soon, later) = (Wall(TimeSpan.FromHours(2)), Wall(TimeSpan.FromHours(26)));
        (await ada.FormAsync("/social/posts", ("text", "The van leaves at six"), ("audience", "public"), ("scheduled_at", soon))).Is(HttpStatusCode.SeeOther);
        (await ada.FormAsync("/social/posts", ("text", "Never mind"), ("audience", "public"), ("scheduled_at", later))).Is(HttpStatusCode.SeeOther);
        var page = (await ada.PageAsync("/social/drafts")).Is(HttpStatusCode.OK).Body;
        var ids = Scheduled().Matches(page).Select(m => m.Groups[1].Value).Distinct().ToList();
        Assert.Equal(2, ids.Count);
        Assert.Contains(soon, (await ada.PageAsync($"/social/new?scheduled={ids[0]}")).Is(HttpStatusCode.OK).Body, StringComparison.Ordinal);

        (await ada.FormAsync("/social/posts", ("text", "The van leaves at seven"), ("audience", "public"), ("scheduled", ids[0]), ("scheduled_at", later))).Is(HttpStatusCode.SeeOther);
        var kept = (await ada.GetAsync($"/api/v1/scheduled_statuses/{ids[0]}")).Ok().Json;
        Assert.Equal("The van leaves at seven", kept.GetProperty("params").GetProperty("text").GetString());
        (await ada.FormAsync($"/social/scheduled/{ids[0]}", ("act", "move"), ("scheduled_at", "yesterday"))).Is(HttpStatusCode.UnprocessableEntity);
        (await ada.FormAsync($"/social/scheduled/{ids[0]}", ("act", "move"), ("scheduled_at", Wall(TimeSpan.FromHours(3))))).Is(HttpStatusCode.SeeOther);

        var stranger = await house.PersonAsync("ben");
        foreach (var act in (string[])["now", "cancel"]) (await stranger.FormAsync($"/social/scheduled/{ids[0]}", ("act", act))).Is(HttpStatusCode.NotFound);
        (await ada.FormAsync($"/social/scheduled/{ids[0]}", ("act", "now"))).Is(HttpStatusCode.SeeOther);
        (await ada.FormAsync($"/social/scheduled/{ids[0]}", ("act", "now"))).Is(HttpStatusCode.NotFound);
        (await ada.FormAsync($"/social/scheduled/{ids[1]}", ("act", "cancel"))).Is(HttpStatusCode.SeeOther);
        Assert.Equal(0, (await ada.GetAsync("/api/v1/scheduled_statuses")).Ok().Json.GetArrayLength());
        var posts = (await ada.GetAsync($"/api/v1/accounts/{await ada.AccountIdAsync()}/statuses")).Ok().Json;
        Assert.Equal(1, posts.GetArrayLength());
        Assert.Contains("seven", posts[0].GetProperty("content").GetString(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_preview_shows_markdown_as_the_post_will_and_runs_nothing()
    {
        var ada = await house.PersonAsync("ada");
        var shown = (await ada.FormAsync("/social/preview", ("text", "**Fine** work <script>alert(1)</script>"), ("markdown", "true"))).Is(HttpStatusCode.OK).Body;
        Assert.Contains("<strong>Fine</strong>", shown, StringComparison.Ordinal);
        Assert.DoesNotContain("<script", shown, StringComparison.Ordinal);
        Assert.Contains("**Fine**", (await ada.FormAsync("/social/preview", ("text", "**Fine**"), ("markdown", "false"))).Body, StringComparison.Ordinal);
        Assert.NotEqual(HttpStatusCode.OK, (await house.Stranger().FormAsync("/social/preview", ("text", "x"))).Status);
    }

    private static string Wall(TimeSpan ahead) =>
        TimeZoneInfo.ConvertTime(TimeProvider.System.GetUtcNow() + ahead, TimeZoneInfo.FindSystemTimeZoneById("Europe/Berlin")).ToString("yyyy-MM-dd'T'HH:mm", CultureInfo.InvariantCulture);

    [GeneratedRegex("/social/new\\?draft=([0-9]+)")]
    private static partial Regex Draft();

    [GeneratedRegex("action=\"/social/scheduled/([0-9]+)\"")]
    private static partial Regex Scheduled();
}
