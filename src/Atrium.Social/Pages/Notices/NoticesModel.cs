namespace Atrium.Social;

/// <summary>What an account was told, in groups.</summary>
public sealed class NoticesModel
{
    internal NoticesModel(IReadOnlyList<NoticeLine> lines) => Lines = lines;

    internal IReadOnlyList<NoticeLine> Lines { get; }

    /// <summary>What the list is narrowed to, or null.</summary>
    internal string? Only { get; init; }

    /// <summary>How many people's notifications are kept apart.</summary>
    internal int Apart { get; init; }

    internal string? Older { get; init; }

    internal string? Newest { get; init; }

    /// <summary>The topic that says when there is more, where it stood when this was read, and where to read it again.</summary>
    internal string Topic { get; init; } = "";

    internal long Cursor { get; init; }

    internal string Here { get; init; } = "";

    /// <summary>Those who ask to follow.</summary>
    internal IReadOnlyList<PersonModel> Asking { get; init; } = [];
}

/// <param name="Many">How many did it; the first of them are <paramref name="People"/>.</param>
internal sealed record NoticeLine(string Type, string Icon, string Words, IReadOnlyList<PersonModel> People, int Many, DateTimeOffset At, Post? Post, bool Unread, string? Detail);

/// <summary>People whose notifications are kept apart.</summary>
public sealed class NoticeRequestsModel
{
    internal NoticeRequestsModel(IReadOnlyList<NoticeRequestLine> lines) => Lines = lines;

    internal IReadOnlyList<NoticeRequestLine> Lines { get; }

    internal string? Older { get; init; }

    internal string? Newest { get; init; }
}

/// <param name="Last">What they said last, where the reader still sees it.</param>
internal sealed record NoticeRequestLine(string Id, PersonModel From, int Count, DateTimeOffset At, Post? Last);
