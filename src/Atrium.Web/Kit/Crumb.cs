namespace Atrium.Web;

/// <summary>A step of the way to a page.</summary>
public sealed record Crumb(string Title, string Href);
