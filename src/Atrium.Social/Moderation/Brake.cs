using Atrium.Kernel.Settings;

namespace Atrium.Social;

/// <summary>How often an account may do something within a time.</summary>
internal sealed record Brake(Setting Setting, TimeSpan Span)
{
    public static readonly Brake Posts = new(Of("posts_per_3_hours", "Posts an account may make in 3 hours", 300), TimeSpan.FromHours(3));
    public static readonly Brake Follows = new(Of("follows_per_day", "Accounts one may follow in a day", 400), TimeSpan.FromDays(1));
    public static readonly Brake Reports = new(Of("reports_per_day", "Reports an account may send in a day", 400), TimeSpan.FromDays(1));
    public static readonly Brake Strangers = new(Of("strangers_per_day", "People who do not follow one whom one may write to privately in a day", 20), TimeSpan.FromDays(1));
    public static readonly Brake Uploads = new(Of("uploads_per_half_hour", "Files an account may upload in 30 minutes", 30), TimeSpan.FromMinutes(30));
    public static readonly Brake Deletions = new(Of("deletions_per_half_hour", "Posts and boosts an account may take back in 30 minutes", 30), TimeSpan.FromMinutes(30));

    public static IReadOnlyList<Brake> All { get; } = [Posts, Follows, Reports, Strangers, Uploads, Deletions];

    private static Setting Of(string key, string title, int usual) => Setting.Number("social." + key, title, usual, 0, 1_000_000, "0 is no limit.");
}
