using Atrium.Testing;

namespace Atrium.Social.Tests.Pages;

/// <summary>What a post said before, and what changed each time.</summary>
public sealed class HistoryPageTests(SocialHouse house)
{
    [Fact]
    public async Task The_versions_of_a_post_edited_three_times_stand_under_one_another_with_what_came_and_went()
    {
        var ada = await house.PersonAsync("ada");
        var id = await ada.TootAsync("We bake bread on Monday", "public");
        foreach (var words in (string[])["We bake dark bread on Monday", "We bake dark bread on <Tuesday>", "We bake dark bread & cake"]) (await ada.PutAsync($"/api/v1/statuses/{id}", new { status = words })).Ok();

        using var stranger = house.Stranger();
        foreach (var reader in (Caller[])[ada, stranger])
        {
            var page = (await reader.PageAsync($"/@{ada.Handle}/{id}/history")).Ok().Body;
            Assert.Equal(
                [
                    "We bake dark bread <del>on &lt;Tuesday&gt;</del><ins>&amp; cake</ins>",
                    "We bake dark bread on <del>Monday</del><ins>&lt;Tuesday&gt;</ins>",
                    "We bake <ins>dark </ins>bread on Monday",
                    "We bake bread on Monday",
                ],
                Versions(page));
            Assert.Matches("Now, since.*From.*From.*As first posted,", page.ReplaceLineEndings(" "));
        }

        Assert.Equal(4, (await stranger.GetAsync($"/api/v1/statuses/{id}/history")).Ok().Json.GetArrayLength());
    }

    [Fact]
    public async Task A_version_shows_its_warning_and_how_many_files_it_had()
    {
        var ada = await house.PersonAsync("ada");
        var media = (await MediaTests.UploadAsync(ada, "A grey square"))["id"];
        var id = (await ada.PostAsync("/api/v1/statuses", new { status = "Look", media_ids = (string[])[media], spoiler_text = "Grey" })).Ok()["id"];
        (await ada.PutAsync($"/api/v1/statuses/{id}", new { status = "Look away" })).Ok();
        var page = (await ada.PageAsync($"/@{ada.Handle}/{id}/history")).Ok().Body;
        Assert.Equal(["Look <ins>away</ins>", "Look"], Versions(page));
        Assert.Contains("Warning: Grey", page, StringComparison.Ordinal);
        Assert.Contains("1 file<", page, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Whoever_may_not_read_a_post_reads_none_of_its_versions()
    {
        var (ada, ben) = (await house.PersonAsync("ada"), await house.PersonAsync("ben"));
        var id = await ada.TootAsync("Between us", "private");
        (await ada.PutAsync($"/api/v1/statuses/{id}", new { status = "Between us all" })).Ok();
        foreach (var reader in (Caller[])[ben, house.Stranger()])
        {
            (await reader.PageAsync($"/@{ada.Handle}/{id}/history")).Is(System.Net.HttpStatusCode.NotFound);
            (await reader.GetAsync($"/api/v1/statuses/{id}/history")).Is(System.Net.HttpStatusCode.NotFound);
        }
    }

    private static IEnumerable<string> Versions(string page) => page.Split("<p class=\"diff\">").Skip(1).Select(p => p.Split("</p>")[0].Trim());
}
