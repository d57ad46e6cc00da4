using Atrium.Contracts.Home;
using Atrium.Kernel.Modules;

namespace Atrium.Social;

/// <summary>The kinds of notification that members choose channels for.</summary>
internal static class NoticeKinds
{
    /// <summary>Somebody said something about a thing of the reader's.</summary>
    public const string Comment = "social.comment";

    /// <summary>A post of the reader's could not go out at its hour.</summary>
    public const string Unposted = "social.unposted";

    private static readonly TimeSpan Bundled = TimeSpan.FromHours(12);

    public static void Register(ModuleBuilder module) => module
        .Notification("social.mention", "Somebody mentions you", "you were mentioned", Channels.Inbox | Channels.Mail | Channels.Push, mail: MailTiming.Away)
        .Notification("social.follow", "Somebody follows you", "they follow you", Channels.Inbox, Bundled)
        .Notification("social.follow_request", "Somebody asks to follow you", "you approve your followers", Channels.Inbox | Channels.Mail | Channels.Push, mail: MailTiming.Daily)
        .Notification("social.favourite", "Somebody likes your post", "it is your post", Channels.Inbox, Bundled)
        .Notification("social.reblog", "Somebody boosts your post", "it is your post", Channels.Inbox, Bundled)
        .Notification("social.quote", "Somebody quotes your post", "it is your post", Channels.Inbox | Channels.Push)
        .Notification("social.status", "Somebody you watch posts", "you asked to hear of their posts", Channels.Inbox | Channels.Push)
        .Notification("social.poll", "A poll you voted in has ended", "you voted or asked", Channels.Inbox)
        .Notification("social.update", "A post you boosted was edited", "you boosted it", Channels.Inbox)
        .Notification(Comment, "Somebody comments on something of yours", "it is yours, or you follow it", Channels.Inbox | Channels.Mail | Channels.Push, mail: MailTiming.Daily)
        .Notification(Unposted, "A scheduled post of yours could not go out", "you scheduled it", Channels.Inbox | Channels.Push)
        .Notification("social.severed", "A server is suspended and you lose follows", "you followed or were followed there", Channels.Inbox | Channels.Mail);

    /// <summary>The kind under which Home tells of it; null for what Home hears of by other ways.</summary>
    public static string? KeyOf(NoticeType type) => type switch
    {
        NoticeType.Mention => "social.mention",
        NoticeType.Follow => "social.follow",
        NoticeType.FollowRequest => "social.follow_request",
        NoticeType.Favourite => "social.favourite",
        NoticeType.Reblog => "social.reblog",
        NoticeType.Quote => "social.quote",
        NoticeType.Status => "social.status",
        NoticeType.Poll => "social.poll",
        NoticeType.Update or NoticeType.QuotedUpdate => "social.update",
        NoticeType.SeveredRelationships => "social.severed",
        _ => null,
    };

    public static string Words(NoticeType type, string name) => type switch
    {
        NoticeType.Mention => $"{name} mentioned you",
        NoticeType.Follow => $"{name} follows you",
        NoticeType.FollowRequest => $"{name} asks to follow you",
        NoticeType.Favourite => $"{name} likes your post",
        NoticeType.Reblog => $"{name} boosted your post",
        NoticeType.Quote => $"{name} quoted your post",
        NoticeType.Status => $"{name} posted",
        NoticeType.Poll => $"A poll by {name} has ended",
        NoticeType.QuotedUpdate => $"{name} edited a post you quoted",
        _ => $"{name} edited a post",
    };
}
