using Atrium.Kernel;
using Atrium.Kernel.Modules;
using Atrium.Kernel.Outbox;
using Microsoft.Extensions.DependencyInjection;

namespace Atrium.Contracts.Home;

/// <summary>Ways to reach a member.</summary>
[Flags]
public enum Channels
{
    None = 0,
    Inbox = 1,
    Mail = 2,
    Push = 4,
}

/// <summary>When a kind goes out by mail, to those who chose mail.</summary>
public enum MailTiming
{
    /// <summary>At once, each by itself.</summary>
    AtOnce,

    /// <summary>With the others of the day, once a morning, as far as they are unread.</summary>
    Daily,

    /// <summary>To those who have not been here for three days, as far as they are unread, together and at most once a day.</summary>
    Away,
}

/// <summary>A kind of notification that members can choose channels for.</summary>
/// <param name="Key"><c>task.assigned</c>.</param>
/// <param name="Title">As the preferences page says it: “A task is assigned to you”.</param>
/// <param name="Reason">As the inbox says why: “you were assigned”.</param>
/// <param name="Bundle">Later ones of the same thing within this time join the first.</param>
public sealed record NotificationKind(string Key, string Title, string Reason, Channels Default, string Room, TimeSpan? Bundle = null)
{
    public MailTiming Mail { get; init; }

    /// <summary>Channels that nobody can turn off: who is warned is told.</summary>
    public Channels Always { get; init; }
}

/// <summary>
/// The INotify door: publish it from the transaction that caused it, and Home tells each recipient once, by their choice. Whether a
/// recipient may still see <see cref="Subject"/> is checked when it is delivered; nobody is told of their own act.
/// </summary>
/// <param name="Kind">A registered <see cref="NotificationKind"/>.</param>
/// <param name="Recipients">Members; who blocked or muted the cause is left out by Home.</param>
/// <param name="Subject">What it is about; its card gives title and address.</param>
/// <param name="Actor">Who caused it; null for the house.</param>
/// <param name="Text">One plain line: “Emine assigned you to Layout of the 22 stalls”.</param>
/// <param name="Cause">What “mute this” mutes, such as the project or the task itself; the subject unless given.</param>
/// <param name="Once">A key under which each recipient is told at most once; the event's own identity unless given.</param>
[EventName("home.notification_raised")]
public sealed record NotificationRaised(
    string Kind, IReadOnlyList<Id<Member>> Recipients, Thing Subject, Id<Member>? Actor, string Text, Thing? Cause = null, string? Once = null, string? Href = null);

/// <summary>
/// What was told under these keys is no longer so: a like taken back, a comment deleted. Published by the room in the transaction that ends it; the
/// line leaves the inbox, and a bundle is one less.
/// </summary>
/// <param name="Once">As in <see cref="NotificationRaised"/>.</param>
/// <param name="Recipient">Of this member alone, who is not told any more either, should the word still be on its way; null is everyone.</param>
[EventName("home.notification_withdrawn")]
public sealed record NotificationWithdrawn(IReadOnlyList<string> Once, Id<Member>? Recipient = null);

public static class NotificationRegistration
{
    public static ModuleBuilder Notification(this ModuleBuilder module, string key, string title, string reason, Channels channels, TimeSpan? bundle = null, MailTiming mail = MailTiming.AtOnce, Channels always = Channels.None)
    {
        module.Services.AddSingleton(new NotificationKind(key, title, reason, channels, module.Name, bundle) { Mail = mail, Always = always });
        return module;
    }
}
