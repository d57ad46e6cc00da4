using System.Net.WebSockets;
using Atrium.Testing;

namespace Atrium.Social.Tests;

/// <summary>Timelines of a hashtag, widened by any, narrowed by all and none.</summary>
public sealed class TagTimelineTests(SocialHouse house) : IAsyncLifetime
{
    private readonly Dictionary<string, string> _posts = [];
    private Person _ada = null!;

    // Each post is named by the tags it has.
    public async ValueTask InitializeAsync()
    {
        _ada = await house.PersonAsync("ada");
        foreach (var tags in (string[])["a", "b", "c", "ab", "ac", "bc", "abc", ""])
            _posts[tags] = await _ada.TootAsync($"With {string.Join(' ', tags.Select(t => "#" + Tag(t)))}.", "public");
        foreach (var visibility in (string[])["unlisted", "private", "direct"]) await _ada.TootAsync($"#{Tag('a')} #{Tag('b')}", visibility);
    }

    public ValueTask DisposeAsync() => ValueTask.CompletedTask;

    [Theory]
    [InlineData("a", "", "", "", "a ab abc ac")]
    [InlineData("a", "b", "", "", "a ab abc ac b bc")]
    [InlineData("a", "bc", "", "", "a ab abc ac b bc c")]
    [InlineData("a", "", "b", "", "ab abc")]
    [InlineData("a", "", "bc", "", "abc")]
    [InlineData("a", "", "", "b", "a ac")]
    [InlineData("a", "", "", "bc", "a")]
    [InlineData("a", "b", "c", "", "abc ac bc")]
    [InlineData("a", "b", "", "c", "a ab b")]
    [InlineData("a", "", "c", "b", "ac")]
    [InlineData("a", "b", "c", "a", "bc")]
    [InlineData("a", "", "", "a", "")]
    [InlineData("d", "", "", "", "")]
    [InlineData("d", "a", "", "", "a ab abc ac")]
    public async Task A_timeline_of_a_tag_shows_what_has_any_all_and_none_of_others(string tag, string any, string all, string none, string expected)
    {
        var query = string.Join('&', Asked("any", any).Concat(Asked("all", all)).Concat(Asked("none", none)));
        foreach (var reader in (Caller[])[_ada, house.Stranger()])
        {
            Assert.Equal(expected.Split(' ', StringSplitOptions.RemoveEmptyEntries), await FoundAsync(reader, $"/api/v1/timelines/tag/{Tag(tag[0])}?limit=40&{query}"));
            // In capitals it is the same tag.
            Assert.Equal(expected.Split(' ', StringSplitOptions.RemoveEmptyEntries), await FoundAsync(reader, $"/api/v1/timelines/tag/{Tag(tag[0]).ToUpperInvariant()}?limit=40&{query}"));
        }
    }

    [Fact]
    public async Task Paging_through_a_narrowed_timeline_skips_nothing_and_repeats_nothing()
    {
        List<string> seen = [];
        for (var path = $"/api/v1/timelines/tag/{Tag('a')}?any[]={Tag('b')}&none[]={Tag('c')}&limit=1"; path is not null;)
        {
            var page = (await _ada.GetAsync(path)).Ok();
            seen.AddRange(page.Ids());
            path = page.Headers.GetValueOrDefault("Link") is { } link && link.Contains("rel=\"next\"", StringComparison.Ordinal) ? new Uri(link[1..link.IndexOf('>', StringComparison.Ordinal)]).PathAndQuery : null;
        }

        Assert.Equal([_posts["ab"], _posts["b"], _posts["a"]], seen);
    }

    [Fact]
    public async Task A_stream_of_a_tag_hears_what_has_it()
    {
        using var socket = await StreamingTests.ListenAsync(_ada, $"?stream=hashtag&tag={Tag('c').ToUpperInvariant()}");
        await _ada.TootAsync($"#{Tag('a')} alone", "public");
        var both = await _ada.TootAsync($"#{Tag('a')} and #{Tag('c')}", "public");
        Assert.Contains($"\"id\":\"{both}\"", (await StreamingTests.HearAsync(socket, 1))[0].Payload!, StringComparison.Ordinal);
        Assert.Equal(WebSocketState.Open, socket.State);
    }

    private string Tag(char one) => $"{one}of{_ada.Handle}";

    private IEnumerable<string> Asked(string name, string tags) => tags.Select(t => $"{name}[]={Tag(t)}");

    private async Task<IEnumerable<string>> FoundAsync(Caller reader, string path)
    {
        var ids = await reader.IdsAsync(path);
        Assert.Equal(ids.OrderByDescending(long.Parse), ids);
        return ids.Select(id => _posts.Single(p => p.Value == id).Key).Order(StringComparer.Ordinal);
    }
}
