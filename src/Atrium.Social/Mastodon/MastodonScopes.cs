using Atrium.Kernel.Modules;

namespace Atrium.Social;

/// <summary>The scopes that Mastodon's apps ask for. A bare <c>read</c> or <c>write</c> contains those below it.</summary>
internal static class MastodonScopes
{
    private static readonly (string Name, string Reads, string Writes)[] Areas =
    [
        ("accounts", "See your account and those of others", "Change your account"),
        ("blocks", "See whom you block", "Block people"),
        ("bookmarks", "See your bookmarks", "Keep bookmarks"),
        ("collections", "See your collections", "Change your collections"),
        ("favourites", "See what you like", "Like posts"),
        ("filters", "See your filters", "Change your filters"),
        ("follows", "See whom you follow", "Follow people"),
        ("lists", "See your lists", "Change your lists"),
        ("mutes", "See whom you mute", "Mute people and conversations"),
        ("notifications", "See your notifications", "Clear your notifications"),
        ("statuses", "See posts as you see them", "Post in your name"),
    ];

    public static void Register(ModuleBuilder module)
    {
        module.Scope("read", "See everything you see in Social")
            .Scope("write", "Do everything in Social that you can do")
            .Scope("follow", "Follow, block and mute people")
            .Scope("push", "Push notifications to your devices")
            .Scope("read:search", "Search as you")
            .Scope("write:conversations", "Mute and delete conversations")
            .Scope("write:media", "Upload pictures, films and sound")
            .Scope("write:reports", "Report people and posts");
        foreach (var (name, reads, writes) in Areas) module.Scope("read:" + name, reads).Scope("write:" + name, writes);
        module.Scope("admin:read", "See what moderators see").Scope("admin:write", "Do what moderators do");
        foreach (var name in (string[])["accounts", "reports", "domain_allows", "domain_blocks", "ip_blocks", "email_domain_blocks", "canonical_email_blocks"])
            module.Scope("admin:read:" + name, $"See {name.Replace('_', ' ')} as moderators do").Scope("admin:write:" + name, $"Change {name.Replace('_', ' ')} as moderators do");
    }
}
