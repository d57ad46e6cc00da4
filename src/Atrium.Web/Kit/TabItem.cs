namespace Atrium.Web;

/// <summary>One of several ways on: a tab, or a segment.</summary>
public sealed record TabItem(string Title, string Href, bool Current = false, string? Icon = null, int? Count = null);
