using Atrium.Contracts.Home;

namespace Atrium.Home;

/// <summary>How one kind reaches the member.</summary>
public sealed record ChannelChoice(bool Inbox, bool Mail, bool Push)
{
    public static ChannelChoice Of(Channels c) => new(c.HasFlag(Channels.Inbox), c.HasFlag(Channels.Mail), c.HasFlag(Channels.Push));

    public Channels ToChannels() => (Inbox ? Channels.Inbox : Channels.None) | (Mail ? Channels.Mail : Channels.None) | (Push ? Channels.Push : Channels.None);
}

/// <summary>A kind of notification and how it reaches the member.</summary>
/// <param name="Usual">What holds unless the member chooses.</param>
/// <param name="Always">What holds whatever the member chooses.</param>
/// <param name="Mail">When it goes by mail: <c>at_once</c>, <c>daily</c>, or <c>away</c>: once one has not been here for three days.</param>
public sealed record KindChoice(string Key, string Title, string Room, ChannelChoice Channels, ChannelChoice Usual, ChannelChoice Always, MailTiming Mail);

/// <summary>All that a member chose about being told.</summary>
/// <param name="DigestHour">Local hour of the daily digest; null for none.</param>
/// <param name="QuietFrom">First local hour in which no push rings; null for none.</param>
public sealed record PreferencesView(IReadOnlyList<KindChoice> Kinds, int? DigestHour, int? QuietFrom, int? QuietUntil);
