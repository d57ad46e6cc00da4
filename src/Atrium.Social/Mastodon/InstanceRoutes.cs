using System.Security.Cryptography;
using System.Text;
using Atrium.Contracts.Accounts;
using Atrium.Kernel;
using Atrium.Kernel.Http;
using Atrium.Kernel.Modules;
using Atrium.Kernel.Push;
using Atrium.Kernel.Settings;
using Atrium.Kernel.Text;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Microsoft.EntityFrameworkCore;

namespace Atrium.Social;

/// <summary>What apps ask of the server itself.</summary>
internal static class InstanceRoutes
{
    public static void Map(RouteGroupBuilder api)
    {
        Get(api, "v1/instance", "getInstanceV1", async (InstanceReader reader, CancellationToken ct) => Wire.Json(await reader.FirstAsync(ct))).Deprecated(2022, 11, 14);
        Get(api, "v2/instance", "getInstance", async (InstanceReader reader, CancellationToken ct) => Wire.Json(await reader.SecondAsync(ct)));
        Get(api, "v1/instance/rules", "getRules", async (HouseRules rules, CancellationToken ct) => Wire.Json(await InstanceReader.RulesAsync(rules, ct)));
        Get(api, "v1/instance/activity", "getActivity", async (InstanceReader reader, CancellationToken ct) => Wire.Json(await reader.ActivityAsync(ct)));
        Get(api, "v1/instance/peers", "getPeers", async (SocialDb db, FederationGate gate, CancellationToken ct) =>
            Wire.Json(await gate.ModeAsync(ct) == FederationMode.Off ? [] : await db.Hosts.Where(h => h.DeadSince == null).OrderBy(h => h.Domain).Select(h => h.Domain).ToListAsync(ct)));
        Get(api, "v1/instance/domain_blocks", "getDomainBlocksOfInstance", DomainBlocksAsync);
        Get(api, "v1/instance/translation_languages", "getTranslationLanguages", Wire.Empty);
        Get(api, "v1/instance/extended_description", "getExtendedDescription", (HouseSettings settings, TimeProvider clock, CancellationToken ct) => DocumentAsync(InstanceReader.About, settings, clock, ct));
        Get(api, "v1/instance/privacy_policy", "getPrivacyPolicy", (HouseSettings settings, TimeProvider clock, CancellationToken ct) => DocumentAsync(InstanceReader.Privacy, settings, clock, ct));
        Get(api, "v1/instance/terms_of_service", "getTermsOfService", (HouseSettings settings, TimeProvider clock, CancellationToken ct) => DocumentAsync(InstanceReader.Terms, settings, clock, ct));
        Get(api, "v1/custom_emojis", "getCustomEmojis", EmojisAsync);
        Get(api, "v1/trends", "getTrends", () => Wire.Json(Array.Empty<string>())).Deprecated(2022, 3, 30);
        Get(api, "v1/trends/tags", "getTrendingTags", () => Wire.Json(Array.Empty<string>()));
        Get(api, "v1/trends/statuses", "getTrendingStatuses", () => Wire.Json(Array.Empty<string>()));
        Get(api, "v1/trends/links", "getTrendingLinks", () => Wire.Json(Array.Empty<string>()));
    }

    private static RouteHandlerBuilder Get(RouteGroupBuilder api, string path, string name, Delegate handler) =>
        api.MapGet(path, handler).WithName("mastodon" + char.ToUpperInvariant(name[0]) + name[1..]).WithSummary("Describes the server").WithMetadata(new HasRateClass(RateClass.Read)).AllowAnonymous().ExcludeFromDescription();

    private static async Task<IResult> DocumentAsync(Setting words, HouseSettings settings, TimeProvider clock, CancellationToken ct) =>
        Wire.Json(new { updated_at = MastodonJson.Instant(clock.GetUtcNow()), content = Markup.Render(await settings.TextAsync(words, ct), MarkupKind.Document).Html.Value });

    // Those that were spoken of publicly.
    private static async Task<IResult> DomainBlocksAsync(SocialDb db, FederationGate gate, CancellationToken ct)
    {
        if (await gate.ModeAsync(ct) == FederationMode.Off) return Wire.Json(Array.Empty<object>());
        var rows = await db.DomainPolicies.Where(p => p.Severity != DomainSeverity.None && p.PublicComment != null).OrderBy(p => p.Domain).ToListAsync(ct);
        return Wire.Json(rows.Select(p => new
        {
            domain = p.Domain, digest = Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(p.Domain))), severity = p.Severity == DomainSeverity.Suspend ? "suspend" : "silence", comment = p.PublicComment,
        }));
    }

    private static async Task<IResult> EmojisAsync(SocialDb db, EntityWriter write, CancellationToken ct)
    {
        var rows = await db.Emojis.Where(e => e.Domain == "" && !e.Disabled).OrderBy(e => e.Shortcode).ToListAsync(ct);
        return Wire.Json(rows.Select(e => new EmojiEntity(e.Shortcode, write.Absolute(e.Url), write.Absolute(e.StaticUrl), e.InPicker, e.Category)));
    }
}

/// <summary>Describes the server in both of Mastodon's forms.</summary>
internal sealed class InstanceReader(SocialDb db, HouseAddress house, HouseSettings settings, HouseLimits limits, IProfiles profiles, VapidKey vapid, IMembers members, LocalAccounts locals, AccountReader accounts, HouseRules rules, ISignUp door, FederationGate gate, TimelineAccess access)
{
    public static readonly Setting About = new("social.about", "About the community", SettingKind.LongText, "", "Markdown; apps show it as the server's description.");
    public static readonly Setting Privacy = new("social.privacy", "Privacy policy", SettingKind.LongText, "", "Markdown; apps show it.");
    public static readonly Setting Terms = new("social.terms", "Terms of service", SettingKind.LongText, "", "Markdown; apps show it.");
    public static readonly Setting Email = new("social.contact", "E-mail address for questions", SettingKind.Text, "", "Apps show it.");

    private const int Weeks = 12;

    // What comes after a plus would be read as the version by some.
    private static readonly string Version = $"4.5.0 (compatible; Atrium {typeof(InstanceReader).Assembly.GetName().Version?.ToString(3)})";

    public async Task<object> FirstAsync(CancellationToken ct)
    {
        var site = await SiteAsync(ct);
        return new
        {
            uri = site.Domain,
            title = site.Title,
            short_description = site.Description,
            description = site.Description,
            email = site.Email,
            version = Version,
            urls = new { streaming_api = site.Streaming },
            stats = new { user_count = site.Users, status_count = site.Posts, domain_count = site.Domains },
            thumbnail = site.Thumbnail,
            languages = Languages.Offered,
            registrations = site.SignUp.Open,
            approval_required = site.SignUp.NeedsApproval,
            invites_enabled = true,
            configuration = Configuration(site),
            contact_account = site.Contact,
            rules = await RulesAsync(rules, ct),
            max_toot_chars = site.Limits.Characters,
        };
    }

    public async Task<object> SecondAsync(CancellationToken ct)
    {
        var site = await SiteAsync(ct);
        return new
        {
            domain = site.Domain,
            title = site.Title,
            version = Version,
            source_url = "",
            description = site.Description,
            usage = new { users = new { active_month = site.Active } },
            thumbnail = new { url = site.Thumbnail, blurhash = (string?)null, versions = new { } },
            icon = Array.Empty<object>(),
            languages = Languages.Offered,
            configuration = Configuration(site),
            registrations = new
            {
                enabled = site.SignUp.Open, approval_required = site.SignUp.NeedsApproval, reason_required = false, message = site.SignUp.Open ? null : "One joins by invitation.", min_age = site.SignUp.LeastAge,
                url = house.Root + "/sign-up",
            },
            api_versions = new { mastodon = 7 },
            contact = new { email = site.Email, account = site.Contact },
            rules = await RulesAsync(rules, ct),
        };
    }

    public static async ValueTask<IEnumerable<object>> RulesAsync(HouseRules rules, CancellationToken ct) =>
        (await rules.AllAsync(ct)).Select(r => (object)new { id = r.Id, text = r.Text, hint = r.Hint, translations = new { } });

    /// <summary>Twelve weeks, the newest first: posts, people who posted, and people who came.</summary>
    public async Task<IReadOnlyList<object>> ActivityAsync(CancellationToken ct)
    {
        var monday = db.Now.UtcDateTime.Date.AddDays(-(((int)db.Now.UtcDateTime.DayOfWeek + 6) % 7));
        List<object> weeks = [];
        for (var back = 0; back < Weeks; back++)
        {
            var (from, to) = (new DateTimeOffset(monday.AddDays(-7 * back), TimeSpan.Zero), new DateTimeOffset(monday.AddDays(7 - (7 * back)), TimeSpan.Zero));
            var (first, last) = (new Id<Status>(IdClock.FloorAt(from)), new Id<Status>(IdClock.FloorAt(to)));
            var posts = await db.Statuses.Where(s => s.Id >= first && s.Id < last && s.IsLocal && s.DeletedAt == null && (s.Visibility == Visibility.Public || s.Visibility == Visibility.Unlisted))
                .GroupBy(s => 1).Select(g => new { Many = g.Count(), People = g.Select(s => s.AccountId).Distinct().Count() }).FirstOrDefaultAsync(ct);
            var came = await db.Accounts.CountAsync(a => a.MemberId != null && a.CreatedAt >= from && a.CreatedAt < to, ct);
            string Word(long number) => number.ToString(System.Globalization.CultureInfo.InvariantCulture);
            weeks.Add(new { week = Word(from.ToUnixTimeSeconds()), statuses = Word(posts?.Many ?? 0), logins = Word(posts?.People ?? 0), registrations = Word(came) });
        }

        return weeks;
    }

    /// <summary>Those who live here and may post.</summary>
    public static IQueryable<Account> People(SocialDb db) => db.Accounts.Where(a => a.MemberId != null && (a.Standing == AccountStanding.Active || a.Standing == AccountStanding.Limited));

    private object Configuration(Site site) => new
    {
        urls = new { streaming = site.Streaming, status = (string?)null, about = house.Root + "/", privacy_policy = (string?)null, terms_of_service = (string?)null },
        vapid = new { public_key = vapid.PublicKey },
        accounts = new
        {
            max_featured_tags = site.Limits.FeaturedTags, max_pinned_statuses = site.Limits.Pins, max_profile_fields = site.Profile.Links,
            profile_field_name_limit = site.Profile.Label, profile_field_value_limit = site.Profile.Value,
        },
        statuses = new { max_characters = site.Limits.Characters, max_media_attachments = site.Limits.Media, characters_reserved_per_url = SocialLimits.PerUrl },
        media_attachments = new
        {
            supported_mime_types = MediaDesk.Types, description_limit = site.Limits.MediaDescription, image_size_limit = site.Limits.Image, image_matrix_limit = site.Limits.ImagePixels,
            video_size_limit = site.Limits.Video, video_frame_rate_limit = 120, video_matrix_limit = MediaDesk.MostVideoPixels,
        },
        polls = new { max_options = site.Limits.PollOptions, max_characters_per_option = site.Limits.PollOptionLength, min_expiration = site.Limits.PollShortest, max_expiration = site.Limits.PollLongest },
        translation = new { enabled = false },
        timelines_access = site.Access,
        limited_federation = site.Limited,
    };

    private async Task<Site> SiteAsync(CancellationToken ct)
    {
        var since = db.Now.AddDays(-30);
        var counts = await People(db).GroupBy(a => 1)
            .Select(g => new { Users = g.Count(), Active = g.Count(a => a.LastStatusAt > since || a.HomeReadAt > since) }).FirstOrDefaultAsync(ct);
        var posts = await db.AccountStats.Where(s => db.Accounts.Any(a => a.Id == s.AccountId && a.Domain == "")).SumAsync(s => s.Statuses, ct);
        var administrator = (await members.WithRoleAsync(Kernel.Role.Administrator, ct)).Take(1).ToList();
        var contact = administrator.Count == 0 || await accounts.ByIdAsync([await locals.OfAsync(administrator[0], ct)], ct) is not [var first] ? null : first;
        var root = new Uri(house.Root);
        return new(
            root.Authority, await settings.TextAsync(KernelModule.HouseName, ct), await settings.TextAsync(KernelModule.Tagline, ct), await settings.TextAsync(Email, ct), await limits.ReadAsync(ct), await profiles.LimitsAsync(ct),
            $"{(root.Scheme == "https" ? "wss" : "ws")}://{root.Authority}", house.Root + EntityWriter.NoHeader, counts?.Users ?? 0, counts?.Active ?? 0, posts, contact, await door.RulesAsync(ct), await gate.ModeAsync(ct) != FederationMode.Open,
            await db.Hosts.CountAsync(ct), await access.ToldAsync(ct));
    }

    private sealed record Site(
        string Domain, string Title, string Description, string Email, SocialLimits Limits, ProfileLimits Profile, string Streaming, string Thumbnail, int Users, int Active, int Posts, AccountEntity? Contact, SignUpRules SignUp, bool Limited,
        int Domains, object Access);
}
