namespace Atrium.Tasks;

/// <summary>A task of the demo, told in days from today.</summary>
/// <param name="By">Handle of who made it.</param>
/// <param name="Made">Days ago.</param>
internal sealed record DemoCard(string Column, string Title, string By, int Made)
{
    public string[] Labels { get; init; } = [];

    /// <summary>Handles of who is to do it.</summary>
    public string[] Who { get; init; } = [];

    /// <summary>Days from today, negative for past.</summary>
    public int? Due { get; init; }

    /// <summary>A wall time, as 18:00; a whole day without one.</summary>
    public string? At { get; init; }

    public string Body { get; init; } = "";

    public int Priority { get; init; }

    /// <summary>Lines; those that begin with + are ticked.</summary>
    public string[] Check { get; init; } = [];

    /// <summary>Days ago it was finished, where its column says it is.</summary>
    public int Done { get; init; } = 1;

    public int? Places { get; init; }

    /// <summary>Who took a place, in order; those beyond the last place wait.</summary>
    public string[] Volunteers { get; init; } = [];

    public string? Repeat { get; init; }

    /// <summary>Who takes turns.</summary>
    public string[] Turns { get; init; } = [];

    /// <summary>Seconds before the due at which people are reminded.</summary>
    public int? Remind { get; init; }

    /// <summary>Title of the task it is part of.</summary>
    public string? Under { get; init; }

    /// <summary>Title of a task that has to be finished first.</summary>
    public string? After { get; init; }
}
