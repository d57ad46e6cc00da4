using System.Text.Json;
using Atrium.Testing;

namespace Atrium.Social.Tests;

/// <summary>A house in which nobody is yet.</summary>
public sealed class FreshHouse() : TestHouse(new SocialModule())
{
    protected override bool WorkersRun => false;
}

/// <summary>
/// What the server says of itself carries exactly its keys, down to the last, on a fresh server and on a full one. An entity that is not there yet
/// is null, a list without entries empty; neither is missing.
/// </summary>
public sealed class InstanceKeyTests(SocialHouse full, FreshHouse fresh) : IClassFixture<FreshHouse>
{
    private const string Configuration = """
        configuration: urls vapid accounts statuses media_attachments polls translation timelines_access limited_federation
        configuration.urls: streaming status about privacy_policy terms_of_service
        configuration.vapid: public_key
        configuration.accounts: max_featured_tags max_pinned_statuses max_profile_fields profile_field_name_limit profile_field_value_limit
        configuration.statuses: max_characters max_media_attachments characters_reserved_per_url
        configuration.media_attachments: supported_mime_types description_limit image_size_limit image_matrix_limit video_size_limit video_frame_rate_limit video_matrix_limit
        configuration.polls: max_options max_characters_per_option min_expiration max_expiration
        configuration.translation: enabled
        configuration.timelines_access: live_feeds hashtag_feeds trending_link_feeds
        configuration.timelines_access.live_feeds: local remote
        configuration.timelines_access.hashtag_feeds: local remote
        configuration.timelines_access.trending_link_feeds: local remote
        """;

    private const string First = """
        : uri title short_description description email version urls stats thumbnail languages registrations approval_required invites_enabled configuration contact_account rules max_toot_chars
        urls: streaming_api
        stats: user_count status_count domain_count
        """;

    private const string Second = """
        : domain title version source_url description usage thumbnail icon languages configuration registrations api_versions contact rules
        usage: users
        usage.users: active_month
        thumbnail: url blurhash versions
        thumbnail.versions:
        registrations: enabled approval_required reason_required message min_age url
        api_versions: mastodon
        contact: email account
        """;

    private const string Rule = "id text hint translations";

    private const string Account = """
        id username acct display_name locked bot discoverable indexable group created_at note url uri avatar avatar_static avatar_description header header_static header_description followers_count
        following_count statuses_count last_status_at hide_collections show_media show_media_replies show_featured noindex feature_approval emojis roles fields
        """;

    [Theory]
    [InlineData("v1", First, "contact_account")]
    [InlineData("v2", Second, "contact.account")]
    public async Task A_fresh_server_has_every_key_and_nobody_to_write_to(string version, string keys, string contact)
    {
        var told = (await fresh.Stranger().GetAsync($"/api/{version}/instance")).Ok().Json;
        Assert.Equal(Lines(keys, Configuration), Shape(told));
        Assert.Equal(JsonValueKind.Null, At(told, contact).ValueKind);
        Assert.Equal("[]", told.GetProperty("rules").GetRawText());
    }

    [Theory]
    [InlineData("v1", First, "contact_account")]
    [InlineData("v2", Second, "contact.account")]
    public async Task A_full_server_has_the_same_keys_with_its_rules_and_its_administrator(string version, string keys, string contact)
    {
        await full.PersonAsync("boss", Kernel.Role.Administrator);
        var told = (await full.Stranger().GetAsync($"/api/{version}/instance/")).Ok().Json;
        var rules = told.GetProperty("rules").EnumerateArray().Select((_, i) => $"rules.{i}: {Rule}\nrules.{i}.translations:");
        Assert.Equal(
            Lines(keys, Configuration, $"{contact}: {Account.ReplaceLineEndings(" ")}", $"{contact}.feature_approval: automatic manual current_user", string.Join('\n', rules)),
            Shape(told).Where(line => !line.StartsWith($"{contact}.roles.", StringComparison.Ordinal)));
        Assert.Equal(["Be kind", "No advertising"], told.GetProperty("rules").EnumerateArray().Select(r => r.GetProperty("text").GetString()));
    }

    [Fact]
    public async Task What_is_counted_and_offered_has_the_kind_that_apps_read()
    {
        var (first, second) = ((await full.Stranger().GetAsync("/api/v1/instance")).Ok().Json, (await full.Stranger().GetAsync("/api/v2/instance")).Ok().Json);
        foreach (var number in (string[])["stats.user_count", "stats.status_count", "stats.domain_count", "max_toot_chars"]) Assert.Equal(JsonValueKind.Number, At(first, number).ValueKind);
        foreach (var number in (string[])["usage.users.active_month", "api_versions.mastodon", "configuration.media_attachments.image_matrix_limit"]) Assert.Equal(JsonValueKind.Number, At(second, number).ValueKind);
        foreach (var list in (string[])["languages", "rules"]) Assert.Equal((JsonValueKind.Array, JsonValueKind.Array), (At(first, list).ValueKind, At(second, list).ValueKind));
        Assert.Equal(JsonValueKind.False, At(second, "configuration.translation.enabled").ValueKind);
        Assert.Contains("image/png", At(second, "configuration.media_attachments.supported_mime_types").EnumerateArray().Select(t => t.GetString()));
        Assert.DoesNotContain('/', At(first, "uri").GetString()!);
        Assert.DoesNotContain('/', At(second, "domain").GetString()!);
        Assert.DoesNotContain('+', At(second, "version").GetString()!);
    }

    private static JsonElement At(JsonElement root, string path) => path.Split('.').Aggregate(root, (at, key) => at.GetProperty(key));

    // One line for each object: where it stands, and its keys.
    private static IEnumerable<string> Shape(JsonElement element, string at = "") => element.ValueKind switch
    {
        JsonValueKind.Object => element.EnumerateObject().SelectMany(p => Shape(p.Value, at.Length == 0 ? p.Name : $"{at}.{p.Name}")).Append(Line(at, element.Keys())).Order(StringComparer.Ordinal),
        JsonValueKind.Array => element.EnumerateArray().SelectMany((e, i) => Shape(e, $"{at}.{i}")),
        _ => [],
    };

    private static IEnumerable<string> Lines(params string[] texts) => texts
        .SelectMany(t => t.Split('\n', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries))
        .Select(l => Line(l.Split(':')[0], l.Split(':')[1].Split(' ', StringSplitOptions.RemoveEmptyEntries)))
        .Order(StringComparer.Ordinal);

    private static string Line(string at, IEnumerable<string> keys) => $"{at}: {string.Join(' ', keys.Order(StringComparer.Ordinal))}";
}
