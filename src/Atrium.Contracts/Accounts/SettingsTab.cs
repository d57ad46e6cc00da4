namespace Atrium.Contracts.Accounts;

/// <summary>A tab of a member's settings (<c>/settings/…</c>). Modules register theirs as singletons.</summary>
/// <param name="Order">Accounts' own are 10 to 50.</param>
public sealed record SettingsTab(string Title, string Href, int Order);
