namespace Atrium.Web;

/// <summary>Everything the frame around a page shows.</summary>
public sealed record ShellModel
{
    public string HouseName { get; init; } = "Atrium";

    public string? Tagline { get; init; }

    /// <summary>Null when nobody is signed in.</summary>
    public ShellPerson? Person { get; init; }

    public Theme Theme { get; init; } = Theme.System;

    /// <summary>Unread things in the inbox.</summary>
    public int Unread { get; init; }

    public IReadOnlyList<ShellRoom> Rooms { get; init; } = [];

    public IReadOnlyList<CreateEntry> Create { get; init; } = [];

    public bool IsModerator { get; init; }

    public bool IsAdministrator { get; init; }

    /// <summary>BCP 47.</summary>
    public string Culture { get; init; } = "en";

    /// <summary>IANA name.</summary>
    public string TimeZone { get; init; } = "Etc/UTC";

    /// <summary>The path being shown, to mark where one is.</summary>
    public string Path { get; init; } = "/";

    /// <summary>The room being shown, if the path lies in one.</summary>
    public ShellRoom? Current => Rooms.FirstOrDefault(r => r.IsCurrent);
}

/// <summary>Who looks, as the frame shows them.</summary>
/// <param name="Key">What their tone is made from: the member's id.</param>
/// <param name="Handle">Without @.</param>
public sealed record ShellPerson(long Key, string Name, string Handle, string? AvatarUrl);

/// <summary>A room's link in the rail.</summary>
/// <param name="Count">What waits there; 0 shows nothing.</param>
public sealed record ShellRoom(string Name, string Title, string Href, string Icon, int Count, bool IsCurrent);

/// <summary>Light, dark, or as the machine is set.</summary>
public enum Theme
{
    System,
    Light,
    Dark,
}
