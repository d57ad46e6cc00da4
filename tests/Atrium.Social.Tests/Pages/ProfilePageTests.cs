using System.Net;
using Atrium.Testing;

namespace Atrium.Social.Tests;

/// <summary>What stands on somebody's profile, and what its menu does.</summary>
public sealed class ProfilePageTests(SocialHouse house)
{
    [Fact]
    public async Task Those_whom_one_recommends_stand_on_the_profile_and_all_of_them_on_a_page()
    {
        var ada = await house.PersonAsync("ada");
        List<Person> people = [];
        for (var i = 0; i < ProfileModel.Recommended + 2; i++) people.Add(await house.PersonAsync("friend"));
        (await ada.FormAsync($"/social/people/{await people[0].AccountIdAsync()}", ("act", "endorse"))).Is(HttpStatusCode.UnprocessableEntity);
        Assert.DoesNotContain("Recommends", (await ada.PageAsync($"/@{ada.Handle}")).Ok().Body, StringComparison.Ordinal);
        foreach (var person in people)
        {
            await ada.FollowAsync(person);
            (await ada.FormAsync($"/social/people/{await person.AccountIdAsync()}", ("act", "endorse"), ("back", $"/@{person.Handle}"))).Is(HttpStatusCode.SeeOther);
            Assert.Contains("Recommend no longer", (await ada.PageAsync($"/@{person.Handle}")).Ok().Body, StringComparison.Ordinal);
        }

        using var stranger = house.Stranger();
        var profile = (await stranger.PageAsync($"/@{ada.Handle}")).Ok().Body;
        Assert.Equal(ProfileModel.Recommended, people.Count(p => profile.Contains($"href=\"/@{p.Handle}\"", StringComparison.Ordinal)));
        Assert.Contains($"href=\"/@{ada.Handle}/recommends\"", profile, StringComparison.Ordinal);
        var all = (await stranger.PageAsync($"/@{ada.Handle}/recommends")).Ok().Body;
        Assert.Equal(people.Count, people.Count(p => all.Contains($"href=\"/@{p.Handle}\"", StringComparison.Ordinal)));
        Assert.Equal(people.Count, (await stranger.GetAsync($"/api/v1/accounts/{await ada.AccountIdAsync()}/endorsements")).Ok().Json.GetArrayLength());

        // Whom one does not follow any more is not recommended either, and whom one has blocked is not met.
        (await ada.FormAsync($"/social/people/{await people[0].AccountIdAsync()}", ("act", "unfollow"))).Is(HttpStatusCode.SeeOther);
        (await people[2].FormAsync($"/social/people/{await people[1].AccountIdAsync()}", ("act", "block"))).Is(HttpStatusCode.SeeOther);
        (await ada.FormAsync($"/social/people/{await people[3].AccountIdAsync()}", ("act", "unendorse"))).Is(HttpStatusCode.SeeOther);
        all = (await people[2].PageAsync($"/@{ada.Handle}/recommends")).Ok().Body;
        foreach (var gone in (int[])[0, 1, 3]) Assert.DoesNotContain($"href=\"/@{people[gone].Handle}\"", all, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Tags_that_one_shows_stand_on_the_profile_and_lead_to_what_one_posted_under_them()
    {
        var ada = await house.PersonAsync("ada");
        var tag = $"bread{ada.Handle}";
        await ada.TootAsync($"A loaf #{tag}");
        await ada.TootAsync("Something else");
        await ada.TootAsync($"Among us #{tag}", "private");
        using var stranger = house.Stranger();
        Assert.DoesNotContain($"/tagged/{tag}", (await stranger.PageAsync($"/@{ada.Handle}")).Ok().Body, StringComparison.Ordinal);
        (await ada.FormAsync("/social/settings/tags", ("act", "feature"), ("tag", tag))).Is(HttpStatusCode.SeeOther);
        var profile = (await stranger.PageAsync($"/@{ada.Handle}")).Ok().Body;
        Assert.Contains($"href=\"/@{ada.Handle}/tagged/{tag}\"", profile, StringComparison.Ordinal);
        Assert.Contains("title=\"1 post\"", profile, StringComparison.Ordinal);
        // The address that apps are given is the page.
        var shown = (await stranger.GetAsync($"/api/v1/accounts/{await ada.AccountIdAsync()}/featured_tags")).Ok().Json[0].GetProperty("url").GetString()!;
        var page = (await stranger.PageAsync(shown[house.Url.Length..])).Ok().Body;
        Assert.Contains("A loaf", page, StringComparison.Ordinal);
        Assert.DoesNotContain("Something else", page, StringComparison.Ordinal);
        Assert.DoesNotContain("Among us", page, StringComparison.Ordinal);
        Assert.Contains("Among us", (await ada.PageAsync(shown[house.Url.Length..])).Ok().Body, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_filter_that_blurs_covers_the_media_of_a_post_and_leaves_its_words()
    {
        var (ada, ben) = (await house.PersonAsync("ada"), await house.PersonAsync("ben"));
        var media = await MediaTests.UploadAsync(ada, "A grey square");
        (await ada.PostAsync("/api/v1/statuses", new { status = "A spider in the hall", media_ids = (string[])[media["id"]] })).Ok();
        await ben.FollowAsync(ada);
        Assert.DoesNotContain("class=\"warned\"", (await ben.PageAsync("/social")).Ok().Body, StringComparison.Ordinal);
        (await ben.PostAsync("/api/v2/filters", new { title = "Spiders", context = (string[])["home", "account"], filter_action = "blur", keywords_attributes = new[] { new { keyword = "spider", whole_word = true } } })).Ok();
        foreach (var path in (string[])["/social", $"/@{ada.Handle}"])
        {
            var page = (await ben.PageAsync(path)).Ok().Body;
            var (words, cover, picture) = (page.IndexOf("A spider in the hall", StringComparison.Ordinal), page.IndexOf("A picture your filter “Spiders” covers", StringComparison.Ordinal), page.IndexOf("alt=\"A grey square\"", StringComparison.Ordinal));
            Assert.True(words > 0 && words < cover && cover < picture, $"{path}: {words} {cover} {picture}");
            Assert.DoesNotContain("Your filter", page, StringComparison.Ordinal);
        }

        // In the grid of pictures nothing is seen of it.
        Assert.DoesNotContain("<img src=\"/social/media", (await ben.PageAsync($"/@{ada.Handle}/media")).Ok().Body, StringComparison.Ordinal);
        Assert.DoesNotContain("Spiders", (await ada.PageAsync($"/@{ada.Handle}")).Ok().Body, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_note_on_somebody_is_seen_by_its_writer_alone()
    {
        var (ada, ben) = (await house.PersonAsync("ada"), await house.PersonAsync("ben"));
        (await ada.FormAsync($"/social/people/{await ben.AccountIdAsync()}", ("act", "note"), ("note", "Lent him the ladder"), ("back", $"/@{ben.Handle}"))).Is(HttpStatusCode.SeeOther);
        Assert.Contains("Lent him the ladder", (await ada.PageAsync($"/@{ben.Handle}")).Ok().Body, StringComparison.Ordinal);
        Assert.DoesNotContain("ladder", (await ben.PageAsync($"/@{ben.Handle}")).Ok().Body, StringComparison.Ordinal);
        Assert.DoesNotContain("ladder", (await house.Stranger().PageAsync($"/@{ben.Handle}")).Ok().Body, StringComparison.Ordinal);
        (await ada.FormAsync($"/social/people/{await ben.AccountIdAsync()}", ("act", "note"), ("note", ""), ("back", $"/@{ben.Handle}"))).Is(HttpStatusCode.SeeOther);
        Assert.DoesNotContain("ladder", (await ada.PageAsync($"/@{ben.Handle}")).Ok().Body, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_mute_for_a_day_ends_by_itself()
    {
        var (ada, ben) = (await house.PersonAsync("ada"), await house.PersonAsync("ben"));
        (await ada.FormAsync($"/social/people/{await ben.AccountIdAsync()}", ("act", "mute-day"), ("back", $"/@{ben.Handle}"))).Is(HttpStatusCode.SeeOther);
        var relation = (await ada.GetAsync($"/api/v1/accounts/relationships?id[]={await ben.AccountIdAsync()}")).Ok().Json[0];
        Assert.True(relation.GetProperty("muting").GetBoolean());
        Assert.InRange(relation.GetProperty("muting_expires_at").GetDateTimeOffset(), TimeProvider.System.GetUtcNow().AddHours(23), TimeProvider.System.GetUtcNow().AddHours(25));
    }

    [Fact]
    public async Task A_report_names_the_rules_it_is_about()
    {
        var (ada, ben, mod) = (await house.PersonAsync("ada"), await house.PersonAsync("ben"), await house.PersonAsync("mod", Kernel.Role.Moderator));
        var account = await ben.AccountIdAsync();
        var form = (await ada.PageAsync($"/social/report?person={account}")).Ok().Body;
        Assert.Contains("No advertising", form, StringComparison.Ordinal);
        (await ada.FormAsync("/social/report", ("thing", $"account:{account}"), ("category", "spam"), ("comment", "Every day"), ("rule", "2"))).Is(HttpStatusCode.SeeOther);
        var @case = await ModerationTests.FindCaseAsync(mod, $"account:{account}");
        Assert.Equal("Every day\nAgainst: No advertising", (await mod.GetAsync($"/api/home/moderation/cases/{@case}")).Ok().Json.GetProperty("reports")[0].GetProperty("comment").GetString());
    }

    [Fact]
    public async Task Media_stand_as_a_grid_that_shows_nothing_sensitive()
    {
        var ada = await house.PersonAsync("ada");
        async Task<string> PostAsync(string description, bool sensitive)
        {
            using var file = new MultipartFormDataContent { { new ByteArrayContent(SampleMedia.Gif(frames: 1)), "file", "x.gif" }, { new StringContent(description), "description" } };
            var media = (await ada.SendAsync(HttpMethod.Post, "/api/v1/media", file, [])).Ok()["id"];
            return (await ada.PostAsync("/api/v1/statuses", new { status = "look", media_ids = (string[])[media], sensitive })).Ok()["id"];
        }

        var (open, hidden) = (await PostAsync("A grey square", false), await PostAsync("A wound", true));
        var grid = (await ada.PageAsync($"/@{ada.Handle}/media")).Ok().Body;
        Assert.Matches($"href=\"/@{ada.Handle}/{open}\">\\s*<img [^>]*alt=\"A grey square\"", grid);
        Assert.Matches($"href=\"/@{ada.Handle}/{hidden}\">\\s*<svg", grid);
        Assert.DoesNotContain("alt=\"A wound\"", grid, StringComparison.Ordinal);
    }
}
