using System.Globalization;
using Atrium.Kernel;
using Atrium.Kernel.Http;

namespace Atrium.Social;

/// <summary>Writes accounts as apps read them. Addresses of the house become absolute here.</summary>
internal sealed partial class EntityWriter(HouseAddress house)
{
    public const string NoAvatar = "/social/avatar.png";
    public const string NoHeader = "/social/header.png";

    // Asked for many times on a page.
    private readonly string _root = house.Root;
    private readonly Dictionary<AccountRow, AccountEntity> _written = new(ReferenceEqualityComparer.Instance);

    /// <summary>An address as the outside knows it.</summary>
    public string Absolute(string address) => address.StartsWith('/') ? _root + address : address;

    /// <summary>The account as everyone sees it; the same row, the same entity.</summary>
    public AccountEntity Account(AccountRow row)
    {
        if (!_written.TryGetValue(row, out var entity))
            _written[row] = entity = Account(row, new AccountEntity
            {
                Id = "", Username = "", Acct = "", DisplayName = "", Note = "", Url = "", Uri = "", Avatar = "", AvatarStatic = "", Header = "", HeaderStatic = "",
            });
        return entity;
    }

    /// <summary>Fills the parts that every kind of account entity shares.</summary>
    public T Account<T>(AccountRow row, T blank) where T : AccountEntity
    {
        var account = row.Account;
        var shown = account.IsShown;
        var avatar = Absolute(shown ? account.AvatarUrl ?? NoAvatar : NoAvatar);
        var header = Absolute(shown ? account.HeaderUrl ?? NoHeader : NoHeader);
        return (T)(blank with
        {
            Id = account.Id.ToString(),
            Username = account.Username,
            Acct = account.Acct,
            DisplayName = shown ? account.DisplayName : "",
            Locked = account.Locked,
            Bot = account.Bot,
            Discoverable = account.Discoverable,
            Indexable = account.Indexable,
            Group = account.Kind == AccountKind.Group,
            CreatedAt = account.CreatedAt,
            Note = shown ? Html(account.Note) : "",
            Url = Absolute(account.Url),
            Uri = Absolute(account.Uri),
            Avatar = avatar,
            AvatarStatic = avatar,
            AvatarDescription = account.AvatarDescription,
            Header = header,
            HeaderStatic = header,
            HeaderDescription = account.HeaderDescription,
            FollowersCount = row.Stats.Followers,
            FollowingCount = row.Stats.Following,
            StatusesCount = row.Stats.Statuses,
            LastStatusAt = account.LastStatusAt?.UtcDateTime.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture),
            HideCollections = account.HideCollections,
            Noindex = !account.Indexable,
            Emojis = shown ? Emojis(account.Emojis) : [],
            Roles = shown && RoleEntity.Of(account.Role) is { } role ? [new(role.Id, role.Name, role.Color)] : [],
            Fields = shown ? [.. account.Fields.Select(Field)] : [],
            Suspended = shown ? null : true,
            Limited = account.Standing == AccountStanding.Limited ? true : null,
            Memorial = account.Standing == AccountStanding.Memorial ? true : null,
        });
    }

    public IReadOnlyList<EmojiEntity> Emojis(IReadOnlyList<DocumentEmoji> emojis) => [.. emojis.Select(e => new EmojiEntity(e.Shortcode, Absolute(e.Url), Absolute(e.StaticUrl), true, e.Category))];

    /// <summary>Stored HTML with the house's own addresses spelt out.</summary>
    public string Html(string html) => html.Contains("=\"/", StringComparison.Ordinal)
        ? html.Replace("href=\"/", $"href=\"{_root}/", StringComparison.Ordinal).Replace("src=\"/", $"src=\"{_root}/", StringComparison.Ordinal) : html;

    private static FieldEntity Field(ProfileField field)
    {
        var encoded = SafeHtml.Encoded(field.Value).Value;
        var linked = Uri.TryCreate(field.Value, UriKind.Absolute, out var uri) && uri.Scheme is "https" or "http";
        return new(field.Name, linked ? $"<a href=\"{encoded}\" target=\"_blank\" rel=\"nofollow noopener me\">{encoded}</a>" : encoded, field.VerifiedAt);
    }
}
