namespace Atrium.Web;

/// <summary>One of several to choose from.</summary>
/// <param name="Value">As the form sends it.</param>
/// <param name="Group">A heading above it in a list; neighbours of one group stand together.</param>
public sealed record Option(string Value, string Title, string? Hint = null, bool Disabled = false, string? Group = null);
